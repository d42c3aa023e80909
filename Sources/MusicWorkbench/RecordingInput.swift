import Audio
import CommandLanguage
import Files
import Foundation
import Sessions

/// Recordings that are read from standard input: its name on the command line, and what it is called elsewhere.
enum StandardRecording {
  static let argument = "-"
  static let name = "stdin"

  /// What a recording is called in messages, and what the files that are written of it are.
  static func shown(_ file: String) -> String { file == argument ? name : file }

  /// Bytes that are read at a time.
  private static let portion = 1 << 18
  /// How long is waited for input, in milliseconds.
  private static let turn: Int32 = 100

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
      let file = try UnnamedFile(for: name)
      var block = [UInt8](repeating: 0, count: portion)
      var count = 0
      while true {
        try progress(count)
        var place = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&place, 1, turn) > 0 else { continue }
        let read = read(descriptor, &block, block.count)
        if read < 0, errno == EINTR || errno == EAGAIN { continue }
        guard read >= 0 else { throw FileReadError(file: name, .system(errno)) }
        if read == 0 {
          guard count > 0 else { throw fault("standard input is empty") }
          return try OpenFile(duplicating: file.descriptor, name: name)
        }
        try block.withUnsafeBytes {
          try file.write(UnsafeRawBufferPointer(rebasing: $0[..<read]), for: name)
        }
        count += read
      }
    }
  }
}

extension Session {
  /// Opens a recording: a file, one that ships, or standard input.
  ///
  /// - Throws: a diagnostic, `AudioError`, `Interrupted`.
  func openRecording(_ file: String) throws -> OpenFile {
    guard file == StandardRecording.argument else {
      let path = try recordingPath(file)
      return try AudioError.translating { try OpenFile(path: path, name: file) }
    }
    let start = ContinuousClock.now
    return try StandardRecording.open(STDIN_FILENO) { bytes in
      try checkInterruption()
      emit(
        WorkProgress(
          activity: "read",
          done: bytes >> 20,
          total: 0,
          unit: "MiB",
          seconds: start.secondsAgo,
          detail: StandardRecording.name
        )
      )
    }
  }
}
