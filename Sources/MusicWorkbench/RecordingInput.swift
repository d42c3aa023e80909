import Audio
import CommandLanguage
import Files
import Foundation
import Sessions

/// Recordings that can be read only once, from standard input or another pipe, and the names of standard input.
enum StandardRecording {
  static let argument = "-"
  static let name = "stdin"

  /// Returns a recording's name in messages and in the names of files written for it.
  static func shown(_ file: String) -> String { file == argument ? name : file }

  private static func fault(_ message: String) -> Diagnostic {
    Diagnostic(message, remedy: "send a sound to it, such as `rse transcribe - < song.flac`")
  }

  /// Opens a descriptor's data: a file directly, a pipe by way of an unnamed file that receives its whole content.
  ///
  /// - Parameter progress: called about ten times a second with the number of bytes so far; an error ends the reading.
  /// - Throws: a diagnostic, `AudioError`, or any error of `progress`.
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

  /// Opens a pipe that has a path, such as `/dev/fd/63`; returns nil if the path is not a pipe.
  ///
  /// - Throws: a diagnostic if the pipe is empty; any error of `open(_:progress:)`.
  static func open(pipe path: String, name: String, progress: (Int) throws -> Void) throws
    -> OpenFile?
  {
    guard let descriptor = PipeBytes.open(path) else { return nil }
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

  /// Reads the whole content of a pipe into an unnamed file; returns nil if the pipe is empty.
  private static func spool(
    _ descriptor: Int32,
    _ name: String,
    _ progress: (Int) throws -> Void
  ) throws -> OpenFile? {
    let file = try UnnamedFile(for: name)
    let count = try PipeBytes.forEachBlock(of: descriptor, name: name, poll: progress) {
      try file.write($0, for: name)
    }
    return count > 0 ? try OpenFile(duplicating: file.descriptor, name: name) : nil
  }
}

extension Session {
  /// Opens a recording: a file, a bundled one, a pipe or standard input.
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
