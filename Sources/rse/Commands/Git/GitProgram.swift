import Foundation
import Glibc

/// The program `git`.
enum GitProgram {
  /// The result of a call.
  struct Answer {
    /// The exit status.
    let status: Int32
    /// The text on standard output, without the final newline.
    let text: String
  }

  /// Runs git with arguments in the current folder.
  ///
  /// - Throws: `GitFault` if git cannot be run.
  static func run(_ arguments: String...) throws -> Answer {
    guard let pipe = ChildProgram.pipe() else { throw GitFault(message: "no pipe to git") }
    let start = ChildProgram.start(
      "/usr/bin/env",
      ["env", "git"] + arguments,
      environment: ProcessInfo.processInfo.environment,
      output: pipe.writer
    )
    close(pipe.writer)
    let handle = FileHandle(fileDescriptor: pipe.reader, closeOnDealloc: true)
    guard case .success(let identifier) = start else {
      throw GitFault(message: "git cannot be started")
    }
    let bytes = try handle.readToEnd() ?? Data()
    let status = ChildProgram.ending(of: identifier).map { $0 >> 8 & 0xFF } ?? 1
    guard status != 127 else { throw GitFault(message: "git is not installed") }
    let text = String(decoding: bytes, as: UTF8.self)
    return Answer(status: status, text: text.hasSuffix("\n") ? String(text.dropLast()) : text)
  }
}

/// An error in running git.
struct GitFault: LocalizedError {
  let message: String

  var errorDescription: String? { message }
}
