import Foundation
import Synchronization

/// The digests of files, each valid while the file's size and modification time stay the same, so that large files
/// are digested once.
final class DigestIndex: Sendable {
  /// The attributes by which a change of a file is detected.
  struct Facts: Equatable, Sendable {
    let size: Int
    /// The modification time in nanoseconds.
    let changed: Int

    /// Reads the facts of an open file; nil if the system does not report them.
    init?(of descriptor: Int32) {
      var status = stat()
      guard fstat(descriptor, &status) == 0 else { return nil }
      self.init(status)
    }

    /// Reads the facts of the file at `path`; nil if there is none.
    init?(ofFile path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      self.init(status)
    }

    fileprivate init(_ status: stat) {
      size = status.st_size
      changed = status.st_mtim.tv_sec &* 1_000_000_000 &+ status.st_mtim.tv_nsec
    }

    fileprivate init(size: Int, changed: Int) {
      self.size = size
      self.changed = changed
    }
  }

  private struct Entry: Sendable {
    let facts: Facts
    let digest: Digest
  }

  private struct State: Sendable {
    var entries: [String: Entry] = [:]
    var isChanged = false
  }

  private let path: String?
  private let state: Mutex<State>

  /// Reads the index at `path`; with nil the index is never saved. A file that cannot be read is an empty index.
  init(path: String?) {
    self.path = path
    state = Mutex(State(entries: path.map(Self.entries(at:)) ?? [:]))
  }

  /// Returns the digest of a file with these facts, if it is known.
  func digest(of path: String, _ facts: Facts) -> Digest? {
    let path = Self.absolute(path)
    return state.withLock {
      guard let entry = $0.entries[path], entry.facts == facts else { return nil }
      return entry.digest
    }
  }

  /// Records the digest of a file.
  func remember(_ digest: Digest, of path: String, _ facts: Facts) {
    let path = Self.absolute(path)
    guard !path.contains("\n") else { return }
    state.withLock {
      $0.entries[path] = Entry(facts: facts, digest: digest)
      $0.isChanged = true
    }
  }

  /// Saves the changes, merged with what other programs have written; entries of changed or deleted files are dropped.
  func save() throws {
    guard let path else { return }
    let entries: [String: Entry]? = state.withLock {
      guard $0.isChanged else { return nil }
      $0.isChanged = false
      return $0.entries
    }
    guard var entries else { return }
    entries.merge(Self.entries(at: path)) { own, _ in own }
    let lines = entries.filter { Facts(ofFile: $0.key) == $0.value.facts }
      .sorted { $0.key < $1.key }
      .map { "\($0.value.digest) \($0.value.facts.size) \($0.value.facts.changed) \($0.key)\n" }
    try AtomicFile.write(Array(lines.joined().utf8), to: path)
  }

  /// Returns the absolute path, which is valid for programs that run in other folders.
  private static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }

  private static func entries(at path: String) -> [String: Entry] {
    guard let bytes = FileManager.default.contents(atPath: path) else { return [:] }
    var entries: [String: Entry] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 3)
      guard parts.count == 4, let digest = Digest(hex: parts[0]), let size = Int(parts[1]),
        let changed = Int(parts[2])
      else { continue }
      entries[String(parts[3])] = Entry(facts: Facts(size: size, changed: changed), digest: digest)
    }
    return entries
  }
}
