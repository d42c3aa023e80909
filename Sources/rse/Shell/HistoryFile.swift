import Foundation

/// The history of all shells of a user: text, one entry after another, each of whose lines but the last
/// ends in a backslash; appended to, never rewritten, so that two shells can use it at once.
final class HistoryFile {
  private let path: String?
  /// What is wrong with the file; told once.
  private(set) var warning: String?

  /// Entries that are read at most.
  private static let limit = 10_000
  /// Bytes of an entry that is kept at most.
  private static let longestEntry = 1 << 16
  /// Bytes at the end of the file that are read at most.
  private static let mostBytes: UInt64 = 4 << 20

  /// `RSE_HISTORY`, or `rse/history` in the state folder of the user.
  ///
  /// - Parameter suffix: of the file's name, for what is not typed in the shell.
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

  /// The entries, oldest first; of a file that is no text none, and it is left alone from then on.
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

  /// The file, of a very long one the lines at its end; nil without one.
  private func end(of path: String) -> [UInt8]? {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? file.close() }
    guard let size = try? file.seekToEnd() else { return nil }
    let start = size > Self.mostBytes ? size - Self.mostBytes : 0
    guard (try? file.seek(toOffset: start)) != nil, let data = try? file.readToEnd() else {
      return nil
    }
    // The first line of a part is not a whole one.
    return start == 0 ? [UInt8](data) : [UInt8](data.drop { $0 != UInt8(ascii: "\n") })
  }

  /// Adds an entry with one write, so that those of two shells do not mix.
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
    // A backslash at the very end would join the next entry to this one.
    let end = entry.hasSuffix("\\") ? " \n" : "\n"
    let text = lines.joined(separator: "\\\n") + end
    let bytes = Array(text.utf8)
    if write(descriptor, bytes, bytes.count) != bytes.count {
      warning = "the history is not kept: cannot write \(path): \(String(cString: strerror(errno)))"
    }
  }
}
