import Glibc

/// Child programs.
enum ChildProgram {
  /// Starts a program with default signal handling.
  ///
  /// - Parameters:
  ///   - path: the program's path.
  ///   - words: its name and arguments.
  ///   - environment: its environment variables.
  ///   - input: its standard input; nil for that of this program.
  ///   - output: its standard output; nil for that of this program.
  /// - Returns: its process ID, or the system's error number.
  static func start(
    _ path: String,
    _ words: [String],
    environment: [String: String],
    input: Int32? = nil,
    output: Int32? = nil
  ) -> Result<pid_t, StartFault> {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input { posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) }
    if let output { posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    let variables: [UnsafeMutablePointer<CChar>?] =
      environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (arguments + variables).forEach { free($0) } }
    var identifier: pid_t = 0
    let code = posix_spawn(&identifier, path, &actions, &attributes, arguments, variables)
    return code == 0 ? .success(identifier) : .failure(StartFault(code: code))
  }

  /// Returns the reading and writing ends of a pipe that other programs do not inherit; nil if none can be opened.
  static func pipe() -> (reader: Int32, writer: Int32)? {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// Returns the status from `waitpid` of a program that has ended; nil while it runs, if the options say not to wait.
  static func ending(of identifier: pid_t, options: Int32 = 0) -> Int32? {
    var status: Int32 = 0
    var ended = waitpid(identifier, &status, options)
    while ended < 0 && errno == EINTR { ended = waitpid(identifier, &status, options) }
    return ended == 0 ? nil : status
  }
}

/// The error that a program cannot be started.
struct StartFault: Error {
  /// The system's error number.
  let code: Int32
}
