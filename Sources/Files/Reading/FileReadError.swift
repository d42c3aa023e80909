import Foundation

/// Why a file cannot be read, with the file it is about.
package struct FileReadError: LocalizedError, Equatable {
  /// What is wrong.
  package enum Fault: Equatable, Sendable {
    /// The system cannot open or read it; the error number.
    case system(Int32)
    /// Its name has bytes that are not UTF-8, for which U+FFFD stands here, so that it cannot be opened.
    case nameNotText
    /// It is a folder, a pipe or a device.
    case noFile
    /// It has no bytes.
    case empty
    /// It is a pipe that nobody writes into.
    case noWriter
    /// More comes through a pipe than anything that is read has.
    case endless
    /// An archive cannot be read further; the reading library's reason.
    case archive(reason: String)
    /// There is no folder that could keep what is unpacked or decoded; the reason.
    case noRoom(reason: String)
  }

  /// The file, as the user named it.
  package let file: String
  package let fault: Fault

  package init(file: String, _ fault: Fault) {
    self.file = file
    self.fault = fault == .system(ENOENT) && Self.isRepaired(file) ? .nameNotText : fault
  }

  /// Whether a name is one in which bytes that are not UTF-8 were replaced.
  private static func isRepaired(_ name: String) -> Bool {
    name.unicodeScalars.contains("\u{FFFD}")
  }

  /// What is wrong, without the file.
  package var reason: String { fault.reason }
  /// What can be done about it.
  package var remedy: String { fault.remedy }

  /// What is wrong and where.
  package var message: String { "\(file): \(reason)" }

  /// The whole in one sentence.
  package var errorDescription: String? { "\(message); \(remedy)" }
}

extension FileReadError.Fault {
  /// What is wrong.
  package var reason: String {
    switch self {
    case .system(let code): String(cString: strerror(code)).lowercased()
    case .nameNotText: "its name is not UTF-8"
    case .noFile: "this is not a regular file"
    case .empty: "there is nothing in it"
    case .noWriter: "nothing comes through this pipe"
    case .endless: "more comes through it than can be read"
    case .archive(let reason): "the archive cannot be read (\(reason))"
    case .noRoom(let reason): "what is in it cannot be kept while it is read (\(reason))"
    }
  }

  /// What can be done about it.
  package var remedy: String {
    switch self {
    case .system(let code) where code == ENOENT || code == ENOTDIR: "correct the path"
    case .system: "check the file and its permissions"
    case .nameNotText: "rename it, for example by `mv`"
    case .noFile: "give the path of a file"
    case .empty: "copy or download it again"
    case .noWriter: "start what writes into it first, or give the path of a file"
    case .endless: "give the path of a file"
    case .archive: "download it again"
    case .noRoom: "free some space, or set TMPDIR to a folder that can be written"
    }
  }
}
