import Foundation
import Synchronization

/// A folder of files that can be made anew from others, so that each is made once.
///
/// Files are written whole or not at all, and who opens one checks it; the folder may be removed at any time.
/// Where it cannot be written nothing is kept, and a notice says so.
package final class CacheFolder: Sendable {
  private struct State: Sendable {
    var folder: String?
    var notices: [String] = []
  }

  private let contents: String
  private let state: Mutex<State>
  private let index: DigestIndex

  /// `$XDG_CACHE_HOME/rse`, else `~/.cache/rse`; nil where there is no home.
  package static var standardPath: String? {
    let environment = ProcessInfo.processInfo.environment
    if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") { return cache + "/rse" }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return home + "/.cache/rse"
  }

  /// The folder at `path`, which is made where it is missing; nil keeps nothing.
  ///
  /// - Parameter contents: what is kept there, as notices call it, in the plural.
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

  /// What users should know, such as a folder that cannot be written; each is given once.
  package func takeNotices() -> [String] {
    state.withLock { state in
      defer { state.notices = [] }
      return state.notices
    }
  }

  /// Adds to what users should know.
  func addNotice(_ notice: String) { state.withLock { $0.notices.append(notice) } }

  /// The path of a name in the folder, where there is a folder.
  package func path(of name: String) -> String? { state.withLock(\.folder).map { "\($0)/\(name)" } }

  /// Writes a file of the folder in as many chunks as `body` likes; gives its path, nil where it is not kept.
  ///
  /// After a write that failed nothing more is kept, which becomes a notice.
  ///
  /// - Throws: what `body` throws but `FileWriteError`.
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

  /// Remembers the digests of files for the next time.
  ///
  /// Called when a set has been read; what cannot be written becomes a notice.
  package func save() {
    do { try index.save() } catch { addNotice("\(error)") }
  }

  /// The digest of any file, remembered until the file changes.
  ///
  /// - Throws: `FileReadError`; what `progress` throws, which is called for every part that is read.
  package func digest(path: String, progress: () throws -> Void) throws -> Digest {
    try digest(of: OpenFile(path: path, name: path), known: path, progress: progress)
  }

  /// The digest of an open file.
  ///
  /// - Parameter path: under which it is remembered; nil for a file that has none.
  /// - Throws: `FileReadError`; what `progress` throws, which is called for every part that is read.
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

  /// Whether a file is what was written; `check` finds out only when it has changed since the last time.
  ///
  /// - Parameter digest: of its content, or of what it keeps.
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

  /// Remembers that a file is as it was written.
  ///
  /// - Parameter digest: of its content, or of what it keeps.
  package func remember(_ digest: Digest, of path: String) {
    guard let facts = DigestIndex.Facts(ofFile: path) else { return }
    index.remember(digest, of: path, facts)
  }
}
