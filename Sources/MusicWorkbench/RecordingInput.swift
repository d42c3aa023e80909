import Audio
import CommandLanguage
import Files
import Foundation
import Sessions

/// Recordings that are read once, from standard input or another pipe: the name of the former on the command line, and
/// what it is called elsewhere.
enum StandardRecording {
  static let argument = "-"
  static let name = "stdin"

  /// What a recording is called in messages, and what the files that are written of it are.
  static func shown(_ file: String) -> String { file == argument ? name : file }

  /// Bytes that are read at a time.
  private static let portion = 1 << 18
  /// How long is waited for input, in milliseconds.
  private static let turn: Int32 = 100
  /// How many turns are waited for a program to open a pipe that has a name.
  private static let mostTurns = 20

  private static func fault(_ message: String) -> Diagnostic {
    Diagnostic(message, remedy: "send a sound to it, such as `rse transcribe - < song.flac`")
  }

  /// Opens what a descriptor gives: a file as it is, a pipe as a file without a name that takes all that it gives.
  ///
  /// - Parameter progress: called about ten times a second with the bytes so far; what it throws ends the reading.
  /// - Throws: a diagnostic, `AudioError`; what `progress` throws.
  static func open(_ descriptor: Int32, progress: (Int) throws -> Void) throws -> OpenFile {
    guard isatty(descriptor) == 0 else { throw fault("standard input is the terminal") }
    return try AudioError.translating {
      var status = stat()
      if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
        guard status.st_size > 0 else { throw fault("standard input is empty") }
        return try OpenFile(duplicating: descriptor, name: name)
      }
      guard let file = try spool(descriptor, name, progress) else {
        throw fault("standard input is empty")
      }
      return file
    }
  }

  /// Opens a pipe that has a name, such as `/dev/fd/63`; nil where a path is none.
  ///
  /// - Throws: a diagnostic where nothing comes through it; what `open(_:progress:)` throws.
  static func open(pipe path: String, name: String, progress: (Int) throws -> Void) throws
    -> OpenFile?
  {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFIFO else { return nil }
    // Without the flag, opening would wait for a writer.
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw AudioError(file: name, .file(.system(errno))) }
    defer { close(descriptor) }
    return try AudioError.translating {
      guard let file = try spool(descriptor, name, progress) else {
        throw Diagnostic(
          "nothing comes through the pipe `\(name)`",
          remedy: "start the program that writes into it, or give a file"
        )
      }
      return file
    }
  }

  /// Takes all that a pipe gives; nil for nothing.
  private static func spool(
    _ descriptor: Int32,
    _ name: String,
    _ progress: (Int) throws -> Void
  ) throws -> OpenFile? {
    let file = try UnnamedFile(for: name)
    let waits = fcntl(descriptor, F_GETFL) & O_NONBLOCK == 0
    var block = [UInt8](repeating: 0, count: portion)
    var (count, turns) = (0, 0)
    while true {
      try progress(count)
      var place = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      // Of a pipe that nobody has opened for writing only reading tells.
      guard poll(&place, 1, turn) > 0 || !waits else { continue }
      let read = read(descriptor, &block, block.count)
      if read < 0, errno == EINTR || errno == EAGAIN { continue }
      guard read >= 0 else { throw FileReadError(file: name, .system(errno)) }
      if read == 0 {
        if count == 0, !waits, turns < mostTurns {
          turns += 1
          continue
        }
        return count > 0 ? try OpenFile(duplicating: file.descriptor, name: name) : nil
      }
      try block.withUnsafeBytes {
        try file.write(UnsafeRawBufferPointer(rebasing: $0[..<read]), for: name)
      }
      count += read
    }
  }
}

extension Session {
  /// Opens a recording: a file, one that ships, a pipe or standard input.
  ///
  /// - Throws: a diagnostic, `AudioError`, `Interrupted`.
  func openRecording(_ file: String) throws -> OpenFile {
    let start = ContinuousClock.now
    let name = StandardRecording.shown(file)
    func show(_ bytes: Int) throws {
      try checkInterruption()
      emit(
        WorkProgress(
          activity: "read",
          done: bytes >> 20,
          total: 0,
          unit: "MiB",
          seconds: start.secondsAgo,
          detail: name
        )
      )
    }
    guard file != StandardRecording.argument else {
      return try StandardRecording.open(STDIN_FILENO, progress: show)
    }
    let path = try recordingPath(file)
    if let piped = try StandardRecording.open(pipe: path, name: file, progress: show) {
      return piped
    }
    return try AudioError.translating { try OpenFile(path: path, name: file) }
  }
}
