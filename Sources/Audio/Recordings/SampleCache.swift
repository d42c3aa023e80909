import Files
import Foundation
import Synchronization

/// Keeps the samples of sound files at 11,000 Hz, so that each file is decoded once.
///
/// A file of samples is named after the digest of the sound file: copies and renamed files find it. It is
/// written whole or not at all, checked when it is opened, and made anew when it is damaged; the folder may be
/// removed at any time. Where the folder cannot be written, samples lie in files without a name that vanish
/// with the program.
package final class SampleCache: Sendable {
  private struct State: Sendable {
    var folder: String?
    var notices: [String] = []
  }

  private let state: Mutex<State>
  private let index: DigestIndex

  /// `$XDG_CACHE_HOME/rse`, else `~/.cache/rse`; nil where there is no home.
  package static var defaultFolder: String? {
    let environment = ProcessInfo.processInfo.environment
    if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") { return cache + "/rse" }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return home + "/.cache/rse"
  }

  /// A cache in a folder, which is made where it is missing; nil keeps nothing.
  package init(folder: String? = SampleCache.defaultFolder) {
    var state = State()
    if let folder {
      do {
        try FileManager.default.createDirectory(
          atPath: folder,
          withIntermediateDirectories: true
        )
        try AtomicFile.checkWritable(folder + "/digests")
        state.folder = folder
      } catch {
        state.notices = [Self.notice(error)]
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

  /// Remembers the digests of files for the next time.
  ///
  /// Called when a set has been read; what cannot be written becomes a notice.
  package func save() {
    do { try index.save() } catch { addNotice("\(error)") }
  }

  /// The samples of the sound file at `path`, from the cache or newly decoded.
  ///
  /// - Parameters:
  ///   - name: What errors call it; nil for the path.
  ///   - allowsTruncation: Whether a file that is cut off is taken as far as it goes.
  ///   - progress: Called at least ten times a second with the seconds of sound that were decoded; what it
  ///     throws ends the reading, which leaves nothing behind.
  /// - Throws: `AudioError`; what `progress` throws.
  package func recording(
    path: String,
    name: String? = nil,
    allowsTruncation: Bool = false,
    progress: (Double) throws -> Void = { _ in }
  ) throws -> Recording {
    try AudioError.translating {
      let file = try OpenFile(path: path, name: name ?? path)
      return try recording(of: file, known: path, allowsTruncation, progress)
    }
  }

  /// The samples of an open file, such as a member of an archive; the descriptor stays open.
  ///
  /// - Throws: `AudioError`; what `progress` throws.
  package func recording(
    descriptor: Int32,
    name: String,
    allowsTruncation: Bool = false,
    progress: (Double) throws -> Void = { _ in }
  ) throws -> Recording {
    try AudioError.translating {
      let file = try OpenFile(duplicating: descriptor, name: name)
      return try recording(of: file, known: nil, allowsTruncation, progress)
    }
  }

  /// The samples that were kept of the file with a digest; nil when they are not there, or damaged.
  ///
  /// - Throws: `AudioError` for a file that is cut off; what `progress` throws.
  package func kept(
    _ source: Digest,
    name: String,
    allowsTruncation: Bool = false,
    progress: (Double) throws -> Void = { _ in }
  ) throws -> Recording? {
    guard let path = samplesPath(source), let file = SampleFile(path: path, source: source),
      try isIntact(file, path, progress)
    else { return nil }
    return try recording(file, name, allowsTruncation)
  }

  /// The digest of any file, remembered until the file changes.
  ///
  /// - Throws: `AudioError`; what `progress` throws, which is called for every part that is read.
  package func digest(path: String, progress: () throws -> Void) throws -> Digest {
    try AudioError.translating {
      try digest(of: OpenFile(path: path, name: path), known: path) { _ in try progress() }
    }
  }

  private func recording(
    of file: borrowing OpenFile,
    known path: String?,
    _ allowsTruncation: Bool,
    _ progress: (Double) throws -> Void
  ) throws -> Recording {
    let digest = try digest(of: file, known: path, progress)
    let name = file.name
    if let kept = try kept(
      digest,
      name: name,
      allowsTruncation: allowsTruncation,
      progress: progress
    ) {
      return kept
    }
    let made = try convert(file, digest, progress)
    return try recording(made, name, allowsTruncation)
  }

  private func recording(
    _ file: SampleFile,
    _ name: String,
    _ allowsTruncation: Bool
  ) throws(AudioError) -> Recording {
    let trailer = file.trailer
    let (frames, promised) = (Int(trailer.frames), Int(trailer.promisedFrames))
    let rate = Int(trailer.rate)
    if frames < promised && !allowsTruncation {
      throw AudioError(file: name, .truncated(frames: frames, promised: promised, rate: rate))
    }
    return Recording(
      name: name,
      source: trailer.source,
      digest: trailer.samples,
      missingSeconds: Double(promised - frames) / Double(rate),
      count: Int(trailer.count),
      file: file.samples
    )
  }

  private func samplesPath(_ source: Digest) -> String? { path(of: "\(source).samples") }

  /// The path of a name in the folder, where there is a folder.
  package func path(of name: String) -> String? { state.withLock(\.folder).map { "\($0)/\(name)" } }

  /// Adds to what users should know.
  func addNotice(_ notice: String) { state.withLock { $0.notices.append(notice) } }

  private func digest(
    of file: borrowing OpenFile,
    known path: String?,
    _ progress: (Double) throws -> Void
  ) throws -> Digest {
    let facts = DigestIndex.Facts(of: file.descriptor)
    if let path, let facts, let digest = index.digest(of: path, facts) { return digest }
    let digest = try file.digest { try progress(0) }
    if let path, let facts { index.remember(digest, of: path, facts) }
    return digest
  }

  /// Whether a file of samples is what was written; it is read only when it has changed since the last time.
  private func isIntact(
    _ file: SampleFile,
    _ path: String,
    _ progress: (Double) throws -> Void
  ) throws -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    let facts = DigestIndex.Facts(of: descriptor)
    if let facts, index.digest(of: path, facts) == file.trailer.samples { return true }
    guard try file.isIntact({ try progress(0) }) else { return false }
    if let facts { index.remember(file.trailer.samples, of: path, facts) }
    return true
  }

  private func convert(
    _ file: borrowing OpenFile,
    _ source: Digest,
    _ progress: (Double) throws -> Void
  ) throws -> SampleFile {
    if let path = samplesPath(source) {
      do {
        try AtomicFile.write(to: path) { stream in
          // Kept also where it is cut off: whether that is allowed is asked again for every use.
          let reader = try AudioReader(duplicating: file)
          try SampleFile.convert(reader, source: source, progress: progress) {
            try stream.write($0)
          }
        }
        if let made = SampleFile(path: path, source: source) {
          remember(made, at: path)
          return made
        }
      } catch let error as FileWriteError {
        state.withLock {
          if $0.folder != nil { $0.notices.append(Self.notice(error)) }
          $0.folder = nil
        }
      }
    }
    let unnamed = try UnnamedFile(for: file.name)
    try SampleFile.convert(try AudioReader(duplicating: file), source: source, progress: progress) {
      try unnamed.write($0, for: file.name)
    }
    guard let made = SampleFile(descriptor: unnamed.descriptor) else {
      throw AudioError(file: file.name, .file(.noRoom(reason: "they cannot be mapped into memory")))
    }
    return made
  }

  private func remember(_ file: SampleFile, at path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard let facts = DigestIndex.Facts(of: descriptor) else { return }
    index.remember(file.trailer.samples, of: path, facts)
  }

  private static func notice(_ error: any Error) -> String {
    let reason = (error as? FileWriteError)?.description ?? error.localizedDescription
    return "samples are not kept for the next time: \(reason)"
  }
}
