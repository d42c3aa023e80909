import Foundation

/// The reason that a file cannot be read, with the file.
package struct FileReadError: LocalizedError, Equatable {
  /// The reason that reading fails.
  package enum Fault: Equatable, Sendable {
    /// The system cannot open or read it; the error number.
    case system(Int32)
    /// Its name has bytes that are not UTF-8, replaced by U+FFFD here, so it cannot be opened.
    case nameNotText
    /// It is not a regular file but a folder, a pipe or a device.
    case noFile
    /// It has no bytes.
    case empty
    /// It is a pipe without a writer.
    case noWriter
    /// A pipe delivers more bytes than may be read.
    case endless
    /// An archive cannot be read further; the library's reason.
    case archive(reason: String)
    /// No folder has room for what is unpacked or decoded; the reason.
    case noRoom(reason: String)
  }

  /// The file, as the user named it.
  package let file: String
  package let fault: Fault

  package init(file: String, _ fault: Fault) {
    self.file = file
    self.fault = fault == .system(ENOENT) && Self.isRepaired(file) ? .nameNotText : fault
  }

  /// Returns true if a name contains U+FFFD, which replaces bytes that are not UTF-8.
  private static func isRepaired(_ name: String) -> Bool {
    name.unicodeScalars.contains("\u{FFFD}")
  }

  /// The reason, without the file.
  package var reason: String { fault.reason }
  /// The remedy.
  package var remedy: String { fault.remedy }

  /// The file and the reason.
  package var message: String { "\(file): \(reason)" }

  /// The file, the reason and the remedy in one sentence.
  package var errorDescription: String? { "\(message); \(remedy)" }
}

extension FileReadError.Fault {
  /// The reason.
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

  /// The remedy.
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
