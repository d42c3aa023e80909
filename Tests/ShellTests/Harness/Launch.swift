import CVTerm
import Foundation
import Glibc

/// How a program is started: nothing comes from the environment of the tests.
struct Launch {
  var path: String
  var arguments: [String] = []
  var environment: [String: String] = [:]
  var folder = "/"

  /// A standard stream of the program.
  enum Stream {
    case descriptor(Int32)
    /// Opened by the program itself, for reading and writing.
    case path(String)
    case closed
  }

  /// Starts the program, with default signals and no other open files.
  ///
  /// - Parameters:
  ///   - streams: standard input, output and error.
  ///   - newSession: whether the program leads a session, so that the first terminal that it opens controls
  ///     it.
  /// - Throws: `LaunchFailure`.
  func start(streams: [Stream], newSession: Bool) throws -> ChildProcess {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addchdir_np(&actions, folder)
    for (number, stream) in zip(Int32(0)..., streams) {
      switch stream {
      case .descriptor(let source): posix_spawn_file_actions_adddup2(&actions, source, number)
      case .path(let path): posix_spawn_file_actions_addopen(&actions, number, path, O_RDWR, 0)
      case .closed: posix_spawn_file_actions_addclose(&actions, number)
      }
    }
    posix_spawn_file_actions_addclosefrom_np(&actions, Int32(streams.count))

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    let flags =
      POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
      | (newSession ? Int32(RSE_SPAWN_NEW_SESSION) : 0)
    posix_spawnattr_setflags(&attributes, Int16(flags))

    let words = CStrings([path] + arguments)
    let variables = CStrings(environment.map { "\($0.key)=\($0.value)" }.sorted())
    var identifier: pid_t = 0
    let fault = posix_spawn(
      &identifier,
      path,
      &actions,
      &attributes,
      words.pointers,
      variables.pointers
    )
    guard fault == 0 else { throw LaunchFailure(path: path, code: fault) }
    return ChildProcess(identifier)
  }
}

/// A program cannot be started.
struct LaunchFailure: Error, CustomStringConvertible {
  let path: String
  let code: Int32

  var description: String { "cannot start \(path): \(String(cString: strerror(code)))" }
}

/// Strings of C with a null pointer behind the last, for as long as the value lives.
private final class CStrings {
  let pointers: [UnsafeMutablePointer<CChar>?]

  init(_ strings: [String]) { pointers = strings.map { strdup($0) } + [nil] }

  deinit { for pointer in pointers { free(pointer) } }
}
