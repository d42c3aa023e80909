import Foundation
import Synchronization

/// A folder of files that can be regenerated from others, so that each is made only once.
///
/// Files are written whole or not at all, and whoever opens one verifies it; the folder may be removed at any time. If
/// it cannot be written, nothing is stored, and a notice says so.
package final class CacheFolder: Sendable {
  private struct State: Sendable {
    var folder: String?
    var notices: [String] = []
  }

  private let contents: String
  private let state: Mutex<State>
  private let index: DigestIndex

  /// `$XDG_CACHE_HOME/rse`, else `~/.cache/rse`; nil if there is no home folder.
  package static var standardPath: String? {
    let environment = ProcessInfo.processInfo.environment
    if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") { return cache + "/rse" }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return home + "/.cache/rse"
  }

  /// Opens the folder at `path` and creates it if it is missing; with nil nothing is stored.
  ///
  /// - Parameter contents: what notices call the stored files, in the plural.
  package init(_ path: String? = CacheFolder.standardPath, of contents: String) {
    self.contents = contents
    var state = State()
    if let path {
      do {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try AtomicFile.checkWritable(path + "/digests")
        state.folder = path
      } catch {
        state.notices = [Self.notice(error, contents)]
      }
    }
    index = DigestIndex(path: state.folder.map { $0 + "/digests" })
    self.state = Mutex(state)
  }

  /// Returns notices for the user, such as that the folder cannot be written; each is returned once.
  package func takeNotices() -> [String] {
    state.withLock { state in
      defer { state.notices = [] }
      return state.notices
    }
  }

  /// Adds a notice for the user.
  func addNotice(_ notice: String) { state.withLock { $0.notices.append(notice) } }

  /// Returns the path of a name in the folder, or nil if there is no folder.
  package func path(of name: String) -> String? { state.withLock(\.folder).map { "\($0)/\(name)" } }

  /// Writes a file of the folder in any number of chunks; returns its path, or nil if the file is not stored.
  ///
  /// After a failed write nothing more is stored, which becomes a notice.
  ///
  /// - Throws: whatever `body` throws except `FileWriteError`.
  package func write(
    _ name: String,
    body: (AtomicFileStream) throws -> Void
  ) throws -> String? {
    guard let path = path(of: name) else { return nil }
    do {
      try AtomicFile.write(to: path, body: body)
      return path
    } catch let error as FileWriteError {
      state.withLock {
        if $0.folder != nil { $0.notices.append(Self.notice(error, contents)) }
        $0.folder = nil
      }
      return nil
    }
  }

  private static func notice(_ error: any Error, _ contents: String) -> String {
    let reason = (error as? FileWriteError)?.description ?? error.localizedDescription
    return "\(contents) are not kept for the next time: \(reason)"
  }

  // MARK: Digests

  /// Saves the digests of files for later runs of the program.
  ///
  /// Called once a set has been read; a failed write becomes a notice.
  package func save() {
    do { try index.save() } catch { addNotice("\(error)") }
  }

  /// Returns the digest of any file, cached until the file changes.
  ///
  /// - Throws: `FileReadError`, or whatever `progress` throws, which is called for every part that is read.
  package func digest(path: String, progress: () throws -> Void) throws -> Digest {
    try digest(of: OpenFile(path: path, name: path), known: path, progress: progress)
  }

  /// Returns the digest of an open file.
  ///
  /// - Parameter path: the path under which it is cached; nil for a file without one.
  /// - Throws: `FileReadError`, or whatever `progress` throws, which is called for every part that is read.
  package func digest(
    of file: borrowing OpenFile,
    known path: String?,
    progress: () throws -> Void
  ) throws -> Digest {
    let facts = DigestIndex.Facts(of: file.descriptor)
    if let path, let facts, let digest = index.digest(of: path, facts) { return digest }
    let digest = try file.digest(progress)
    if let path, let facts { index.remember(digest, of: path, facts) }
    return digest
  }

  /// Returns true if a file still is as it was written; calls `check` only if the file has changed since the last time.
  ///
  /// - Parameter digest: the digest of its content, or of what it stores.
  package func isIntact(
    _ path: String,
    _ digest: Digest,
    check: () throws -> Bool
  ) rethrows -> Bool {
    let facts = DigestIndex.Facts(ofFile: path)
    if let facts, index.digest(of: path, facts) == digest { return true }
    guard try check() else { return false }
    if let facts { index.remember(digest, of: path, facts) }
    return true
  }

  /// Records that a file is as it was written.
  ///
  /// - Parameter digest: the digest of its content, or of what it stores.
  package func remember(_ digest: Digest, of path: String) {
    guard let facts = DigestIndex.Facts(ofFile: path) else { return }
    index.remember(digest, of: path, facts)
  }
}
