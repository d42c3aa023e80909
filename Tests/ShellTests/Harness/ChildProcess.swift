import Glibc

/// A program that was started; it is killed when the value goes away.
final class ChildProcess {
  /// How a program ended.
  enum Ending: Equatable {
    case status(Int32)
    case signal(Int32)

    /// - Parameter status: what `waitpid` stored.
    fileprivate init(waitStatus status: Int32) {
      let signal = status & 0x7F
      self = signal == 0 ? .status(status >> 8 & 0xFF) : .signal(signal)
    }
  }

  let identifier: pid_t
  private var known: Ending?

  init(_ identifier: pid_t) { self.identifier = identifier }

  deinit {
    guard ending == nil else { return }
    kill(identifier, SIGKILL)
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
  }

  /// How the program ended; nil while it runs.
  var ending: Ending? {
    if known == nil {
      var status: Int32 = 0
      if waitpid(identifier, &status, WNOHANG) == identifier { known = Ending(waitStatus: status) }
    }
    return known
  }

  func send(signal number: Int32) {
    if ending == nil { kill(identifier, number) }
  }
}
