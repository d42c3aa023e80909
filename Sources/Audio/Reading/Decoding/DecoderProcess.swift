import Foundation
import Glibc

/// A program that decodes: it reads an open file as its standard input, and its output is read here.
///
/// It runs without a shell, in its own process group, which Ctrl-C does not reach; it is killed on deinitialisation.
final class DecoderProcess {
  /// The result of a read.
  enum Reading: Equatable {
    /// A number of bytes.
    case bytes(Int)
    /// No output during a turn.
    case nothing
    case end
  }

  /// The longest wait for output, in milliseconds.
  private static let turn: Int32 = 100
  /// The number of bytes of standard error that are kept.
  private static let mostWords = 1 << 12

  private let identifier: pid_t
  private let output: Int32
  private let errors: Int32
  private var words: [UInt8] = []
  private var isRunning = true
  private var hasErrors = true

  /// Starts a program.
  ///
  /// - Parameter input: the descriptor of its standard input.
  /// - Throws: `DecoderError`.
  init(_ program: String, _ arguments: [String], input: Int32) throws(DecoderError) {
    let outputEnds = try Self.pipe()
    let errorEnds: [Int32]
    do {
      errorEnds = try Self.pipe()
    } catch {
      outputEnds.forEach { close($0) }
      throw error
    }
    (output, errors) = (outputEnds[0], errorEnds[0])
    let streams = [input, outputEnds[1], errorEnds[1]]
    let started = Self.start(program, arguments, streams)
    close(outputEnds[1])
    close(errorEnds[1])
    switch started {
    case .success(let identifier): self.identifier = identifier
    case .failure(let error):
      close(outputEnds[0])
      close(errorEnds[0])
      throw error
    }
  }

  deinit {
    if isRunning {
      // With all processes that it has started.
      kill(-identifier, SIGKILL)
      _ = wait(options: 0)
    }
    close(output)
    close(errors)
  }

  /// The standard error of the program; only its end if it is long.
  var errorText: String { String(decoding: words, as: UTF8.self) }

  /// Reads from the standard output, waiting up to a turn for it.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Reading {
    var places = [pollfd(fd: output, events: Int16(POLLIN), revents: 0)]
    if hasErrors { places.append(pollfd(fd: errors, events: Int16(POLLIN), revents: 0)) }
    guard poll(&places, nfds_t(places.count), Self.turn) > 0 else { return .nothing }
    if places.count > 1, places[1].revents != 0 { readErrors() }
    guard places[0].revents != 0 else { return .nothing }
    let count = Glibc.read(output, buffer.baseAddress, buffer.count)
    if count < 0 { return errno == EINTR ? .nothing : .end }
    return count > 0 ? .bytes(count) : .end
  }

  /// Waits up to a turn for the program to end after its output; returns true if it succeeded, nil while it runs.
  func finish() -> Bool? {
    var place = pollfd(fd: hasErrors ? errors : -1, events: Int16(POLLIN), revents: 0)
    if poll(&place, 1, hasErrors ? Self.turn : 0) > 0 { readErrors() }
    let status = wait(options: WNOHANG)
    if status == nil, !hasErrors { poll(nil, 0, Self.turn) }
    guard let status else { return nil }
    while poll(&place, 1, 0) > 0, hasErrors { readErrors() }
    return status == 0
  }

  private func readErrors() {
    var block = [UInt8](repeating: 0, count: Self.mostWords)
    let count = Glibc.read(errors, &block, block.count)
    if count < 0 && errno == EINTR { return }
    hasErrors = count > 0
    words = (words + block.prefix(max(0, count))).suffix(Self.mostWords)
  }

  /// Returns the program's status once it has ended; nil before that if the options do not wait.
  private func wait(options: Int32) -> Int32? {
    var status: Int32 = 0
    var ended = waitpid(identifier, &status, options)
    while ended < 0 && errno == EINTR { ended = waitpid(identifier, &status, options) }
    guard ended != 0 else { return nil }
    isRunning = false
    return status
  }

  private static func error(_ what: String, _ code: Int32) -> DecoderError {
    DecoderError(reason: "\(what): \(String(cString: strerror(code)).lowercased())")
  }

  /// Makes a pipe, and returns its ends for reading and writing, which other programs do not inherit.
  private static func pipe() throws(DecoderError) -> [Int32] {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw error("no pipe", errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return ends
  }

  private static func start(
    _ program: String,
    _ arguments: [String],
    _ streams: [Int32]
  ) -> Result<pid_t, DecoderError> {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, stream) in zip(Int32(0)..., streams) {
      posix_spawn_file_actions_adddup2(&actions, stream, number)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP
    posix_spawnattr_setflags(&attributes, Int16(flags))
    let variables = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
    let words = ([program] + arguments).map { strdup($0) } + [nil]
    let environment = variables.map { strdup($0) } + [nil]
    defer { (words + environment).forEach { free($0) } }
    var identifier: pid_t = 0
    let code = posix_spawn(&identifier, program, &actions, &attributes, words, environment)
    return code == 0 ? .success(identifier) : .failure(error("it cannot be started", code))
  }
}
