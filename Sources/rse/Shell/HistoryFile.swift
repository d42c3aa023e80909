import Foundation

/// The history shared by all of a user's shells: a text file of entries, where every line of an entry except the
/// last ends in a backslash; only appended to, never rewritten, so that two shells can use it at once.
final class HistoryFile {
  private let path: String?
  /// The problem with the file; reported once.
  private(set) var warning: String?

  /// The largest number of entries that are read.
  private static let limit = 10_000
  /// The largest number of bytes of an entry that is stored.
  private static let longestEntry = 1 << 16
  /// The largest number of bytes that are read, from the end of the file.
  private static let mostBytes: UInt64 = 4 << 20

  /// Uses the file that `RSE_HISTORY` names, or `rse/history` in the user's state folder.
  ///
  /// - Parameter suffix: a suffix of the file's name, for input from outside the shell.
  init(
    suffix: String = "",
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    if let chosen = environment["RSE_HISTORY"] {
      path = chosen.isEmpty ? nil : chosen + suffix
    } else if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
      path = state + "/rse/history" + suffix
    } else if let home = environment["HOME"] {
      path = home + "/.local/state/rse/history" + suffix
    } else {
      path = nil
    }
  }

  /// Returns the entries, oldest first; none if the file is not text, in which case it is left alone from then on.
  func read() -> [String] {
    guard let path, let bytes = end(of: path) else { return [] }
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      warning = "the history is not kept: \(path) is damaged; move it away"
      return []
    }
    var entries: [String] = []
    var pending = ""
    for line in text.split(separator: "\n") {
      if line.hasSuffix("\\") {
        pending += line.dropLast() + "\n"
      } else {
        entries.append(pending + line)
        pending = ""
      }
    }
    return entries.suffix(Self.limit)
  }

  /// Returns the file, or the last lines of a very long one; nil if there is none.
  private func end(of path: String) -> [UInt8]? {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? file.close() }
    guard let size = try? file.seekToEnd() else { return nil }
    let start = size > Self.mostBytes ? size - Self.mostBytes : 0
    guard (try? file.seek(toOffset: start)) != nil, let data = try? file.readToEnd() else {
      return nil
    }
    // The first line of a part may be incomplete.
    return start == 0 ? [UInt8](data) : [UInt8](data.drop { $0 != UInt8(ascii: "\n") })
  }

  /// Adds an entry with a single write, so that entries of two shells do not mix.
  func append(_ entry: String) {
    guard let path, warning == nil, entry.utf8.count <= Self.longestEntry,
      !entry.utf8.contains(0)
    else { return }
    let folder = (path as NSString).deletingLastPathComponent
    try? FileManager.default.createDirectory(
      atPath: folder,
      withIntermediateDirectories: true
    )
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      warning = "the history is not kept: cannot write \(path): \(String(cString: strerror(errno)))"
      return
    }
    defer { close(descriptor) }
    let lines = entry.split(separator: "\n", omittingEmptySubsequences: true)
    // A final backslash would join the next entry to this one.
    let end = entry.hasSuffix("\\") ? " \n" : "\n"
    let text = lines.joined(separator: "\\\n") + end
    let bytes = Array(text.utf8)
    if write(descriptor, bytes, bytes.count) != bytes.count {
      warning = "the history is not kept: cannot write \(path): \(String(cString: strerror(errno)))"
    }
  }
}
