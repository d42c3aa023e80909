import Foundation

/// An error of a notebook file, or of a request about one.
package enum NotebookError: LocalizedError, Equatable, CustomStringConvertible {
  /// The file cannot be read; `code` is the system's error number.
  case unreadable(file: String, code: Int32)
  /// A pipe supplies no input, or too much.
  case noInput(file: String, reason: String, remedy: String)
  /// The file is larger than `limit` bytes.
  case tooLarge(file: String, limit: Int)
  /// The file has more than `limit` lines.
  case tooManyLines(file: String, limit: Int)
  /// A recording has more lines than `limit`, or is larger than a file may be; it is saved at `savedAs`, if anywhere.
  case recordingTooLong(file: String, savedAs: String?, limit: Int)
  /// The bytes at `offset` (from 0), in `line`, are not UTF-8.
  case invalidUTF8(file: String, offset: Int, line: Int)
  /// The first line is not `rsenb` and a version.
  case notANotebook(file: String, firstLine: String)
  /// A merge left its conflict marks, the first of them in this line.
  case unresolvedConflict(file: String, line: Int)
  /// The first line names an unsupported version.
  case unsupportedVersion(file: String, version: String)
  /// The file was edited while it was being recorded; the recording is saved at `savedAs`.
  case changedOnDisk(file: String, savedAs: String)
  /// A new recording would replace an existing file.
  case alreadyExists(file: String)
  /// There is no cell with this number.
  case noSuchCell(file: String, number: Int, count: Int)
  /// Output of this environment cannot be written into the record of another one.
  case otherEnvironment(file: String, differences: String)
  /// A tolerance is negative or not a number.
  case invalidTolerance(Double)

  /// The error, its place and the remedy.
  package var description: String { message + (remedy.map { "; \($0)" } ?? "") }

  /// The error and its place.
  package var message: String {
    switch self {
    case .unreadable(let file, let code): "cannot read \(file): \(Self.reason(code).message)"
    case .noInput(let file, let reason, _): "cannot read \(file): \(reason)"
    case .tooLarge(let file, let limit):
      "\(file) is larger than the \(limit >> 20) MiB a notebook or script may have"
    case .tooManyLines(let file, let limit):
      "\(file) has more than the \(limit) lines a notebook may have"
    case .recordingTooLong(let file, let savedAs, let limit):
      "the recording of \(file) would have more than the \(limit) lines or \(NotebookFile.largest >> 20) MiB that are "
        + "read again; " + (savedAs.map { "it is in \($0)" } ?? "the last statement is not in it")
    case .invalidUTF8(let file, let offset, let line):
      "\(file):\(line): no valid UTF-8 at byte \(offset)"
    case .unresolvedConflict(let file, let line):
      "\(file) has a conflict of a merge that is not resolved, on line \(line)"
    case .notANotebook(let file, let firstLine):
      "\(file):1: this is no notebook: its first line is \(Self.quoted(firstLine))"
    case .unsupportedVersion(let file, let version):
      "\(file):1: \(Self.origin(version)); this one reads version 1"
    case .changedOnDisk(let file, let savedAs):
      "\(file) was changed by someone else while it was being recorded and is left as it is; "
        + "the recording is in \(savedAs)"
    case .alreadyExists(let file): "\(file) exists already"
    case .noSuchCell(let file, let number, _): "\(file) has no cell \(number)"
    case .otherEnvironment(let file, let differences):
      "\(file) was recorded in another environment: \(differences)"
    case .invalidTolerance(let value): "a tolerance of \(value) means nothing"
    }
  }

  /// The remedy; nil if there is none.
  package var remedy: String? {
    switch self {
    case .unreadable(_, let code): Self.reason(code).remedy
    case .noInput(_, _, let remedy): remedy
    case .tooLarge, .tooManyLines: "divide it"
    case .recordingTooLong(_, let savedAs, _):
      savedAs == nil ? "begin another one" : "print less, or divide the notebook"
    case .invalidUTF8: "save the file as UTF-8"
    case .unresolvedConflict:
      "choose between what stands after <<<<<<< and after =======, and remove the lines of the marks"
    case .notANotebook: "a notebook begins with the line \"rsenb 1\""
    case .unsupportedVersion(_, let version):
      Self.isNewer(version) ? "install a newer rse" : "write \"rsenb 1\" there"
    case .changedOnDisk: "compare the two and keep one"
    case .alreadyExists: "choose another name, or remove it first"
    case .noSuchCell(_, _, let count):
      count == 0 ? "it has no cells at all" : "its cells are numbered 1 to \(count)"
    case .otherEnvironment(let file, _): "record all of it here: rse record \(file)"
    case .invalidTolerance: "give a number from 0 up, such as 0.02 for 2 %"
    }
  }

  /// The line concerned; nil if the error concerns the whole file.
  package var line: Int? {
    switch self {
    case .invalidUTF8(_, _, let line), .unresolvedConflict(_, let line): line
    case .notANotebook, .unsupportedVersion: 1
    default: nil
    }
  }

  /// The same sentence, for `LocalizedError`.
  package var errorDescription: String? { description }

  private static func reason(_ code: Int32) -> (message: String, remedy: String?) {
    switch code {
    case ENOENT: ("there is no such file", "check the name and the folder")
    case EISDIR: ("it is a folder", "give the name of a notebook")
    case EACCES: ("it may not be read", "change its permissions")
    case EINVAL: ("the name holds a character that names cannot have", nil)
    default: (String(cString: strerror(code)), nil)
    }
  }

  private static func quoted(_ line: String) -> String {
    if line.isEmpty { return "empty" }
    let shown = line.count > 40 ? line.prefix(40) + "…" : line[...]
    return "\"" + shown + "\""
  }

  private static func isNewer(_ version: String) -> Bool {
    version.utf8.contains { $0.isDigit && $0 != UInt8(ascii: "0") }
  }

  private static func origin(_ version: String) -> String {
    isNewer(version)
      ? "version \(version) is made by a newer rse" : "there never was a version \(version)"
  }
}
