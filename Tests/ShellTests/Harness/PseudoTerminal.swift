import CVTerm
import Glibc

/// A program in a session of its own whose standard streams are a pseudo-terminal, seen from the terminal's
/// side.
final class PseudoTerminal {
  let process: ChildProcess
  /// The terminal's side; -1 after `hangUp`.
  private var master: Int32
  /// Bytes on their way to the program.
  private var unsent: [UInt8] = []
  /// Whether nobody holds the program's side any more.
  private(set) var isClosed = false

  /// - Throws: `LaunchFailure`.
  init(_ launch: Launch, size: TerminalSize) throws {
    master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)
    var name = [CChar](repeating: 0, count: 128)
    guard master >= 0, grantpt(master) == 0, unlockpt(master) == 0,
      ptsname_r(master, &name, name.count) == 0
    else { throw LaunchFailure(path: "a pseudo-terminal", code: errno) }
    _ = fcntl(master, F_SETFL, fcntl(master, F_GETFL) | O_NONBLOCK)
    var window = size.window
    _ = ioctl(master, UInt(TIOCSWINSZ), &window)
    let path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    do {
      process = try launch.start(
        streams: [.path(path), .descriptor(0), .descriptor(0)],
        newSession: true
      )
    } catch {
      close(master)
      throw error
    }
  }

  deinit { hangUp() }

  /// Takes the terminal away, as closing its window does.
  func hangUp() {
    if master >= 0 { close(master) }
    master = -1
    isClosed = true
  }

  /// Changes the size of the window; the program gets SIGWINCH.
  func resize(to size: TerminalSize) {
    var window = size.window
    _ = ioctl(master, UInt(TIOCSWINSZ), &window)
  }

  /// Puts bytes behind those that the program has not taken yet.
  func send(_ bytes: some Sequence<UInt8>) {
    unsent += bytes
    sendPending()
  }

  /// Waits for bytes of the program; what it has not taken yet is sent meanwhile.
  ///
  /// - Returns: the bytes; none if the time is over or the terminal is closed.
  func receive(within limit: Duration) -> [UInt8] {
    guard master >= 0, !isClosed else { return [] }
    let wanted = Int16(POLLIN) | (unsent.isEmpty ? 0 : Int16(POLLOUT))
    var entry = pollfd(fd: master, events: wanted, revents: 0)
    let milliseconds = Int32(clamping: Int(limit / .milliseconds(1)))
    guard poll(&entry, 1, max(0, milliseconds)) > 0 else { return [] }
    if entry.revents & Int16(POLLOUT) != 0 { sendPending() }
    guard entry.revents & ~Int16(POLLOUT) != 0 else { return [] }
    var block = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(master, &block, block.count)
    if count > 0 { return Array(block[..<count]) }
    // Linux says EIO when the last holder of the other side is gone.
    if count == 0 || (errno != EAGAIN && errno != EINTR) { isClosed = true }
    return []
  }

  private func sendPending() {
    while master >= 0, !unsent.isEmpty {
      let count = write(master, unsent, unsent.count)
      guard count > 0 else { return }
      unsent.removeFirst(count)
    }
  }
}
