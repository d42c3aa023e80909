import Audio
import Files
import Foundation
import Synchronization
import Tensors

extension MusicNetLoader {
  /// The cached facts about an archive, so that it need not be read again; paths as in the archive.
  private struct Catalog: Codable, Sendable {
    /// The digests of audio files, in hexadecimal digits.
    var sounds: [String: String] = [:]
    var faults: [String: DataFault] = [:]
    var labels: [String: Data] = [:]
  }

  /// An archive in memory: its labels, and its sounds as cached recordings.
  private struct Contents: Sendable {
    var catalog = Catalog()
    var recordings: [String: Recording] = [:]
  }

  /// Reads an archive in one pass, or loads what is cached of it.
  func load(
    archive: FileArchive,
    _ progress: (MusicNetSet.Progress) throws -> Void
  ) throws {
    report(archive.path)
    let digest = try cache.digest(path: archive.path) { try progress(self.progress) }
    let name = "\(digest).catalog"
    let contents: Contents
    if let kept = try keptContents(name, archive, progress) {
      contents = kept
    } else {
      contents = try read(archive, progress)
      if contents.catalog.faults[""] == nil {
        cache.folder.keep(try PropertyListEncoder().encode(contents.catalog), named: name)
      }
    }
    let catalog = contents.catalog
    let prefix = archive.path + "/"
    note(catalog.faults.filter { $0.key.isEmpty }.map(\.value))
    let members = Set(catalog.sounds.keys).union(catalog.faults.keys).union(catalog.labels.keys)
    let listing = MusicNetListing(members.map { prefix + $0 })
    report(archive.path, share: 0)
    @Sendable func fault(_ path: String) -> DataFault {
      let fault = catalog.faults[String(path.dropFirst(prefix.count))]
      return DataFault(
        file: path,
        fault?.reason ?? "it cannot be read",
        fault?.remedy ?? "download the archive again"
      )
    }
    try load(listing, progress) { piece, _ in
      let path = String(piece.audio.dropFirst(prefix.count))
      guard let recording = contents.recordings[path] else { throw fault(piece.audio) }
      return recording
    } labels: { piece in
      let path = String(piece.labels.dropFirst(prefix.count))
      guard let bytes = catalog.labels[path] else { throw fault(piece.labels) }
      return bytes
    }
  }

  /// Loads what is cached of an archive; nil unless it is complete.
  private func keptContents(
    _ name: String,
    _ archive: FileArchive,
    _ progress: (MusicNetSet.Progress) throws -> Void
  ) throws -> Contents? {
    guard let bytes = cache.folder.kept(named: name),
      let catalog = try? PropertyListDecoder().decode(Catalog.self, from: bytes)
    else { return nil }
    var contents = Contents(catalog: catalog)
    for (path, hex) in catalog.sounds {
      let member = "\(archive.path)/\(path)"
      guard let digest = Digest(hex: hex),
        let recording = try cache.kept(
          digest,
          name: member,
          progress: { _ in try progress(self.progress) }
        )
      else { return nil }
      contents.recordings[path] = recording
    }
    return contents
  }

  private func read(
    _ archive: FileArchive,
    _ progress: (MusicNetSet.Progress) throws -> Void
  ) throws -> Contents {
    let contents = Mutex(Contents())
    let size = max(1, Double(archive.size))
    func poll() throws { try progress(self.progress) }
    @Sendable func note(_ error: any Error, _ path: String) {
      if error is ReadingThreads.Interrupted { return }
      contents.withLock { $0.catalog.faults[path] = DataFault(error, file: path) }
    }
    try ReadingThreads.run(threads: WorkerPool.shared.threads, poll: poll) { threads in
      do {
        try archive.forEachMember { member in
          try poll()
          switch MusicNetListing.kind(of: member.path) {
          case .labels:
            let path = member.path
            do {
              let bytes = try member.bytes(limit: Self.mostLabelBytes, progress: poll)
              contents.withLock { $0.catalog.labels[path] = bytes }
            } catch let error as FileReadError where error.file == path {
              note(error, path)
            }
          case .audio:
            report("\(archive.path)/\(member.path)", share: Double(member.archiveOffset) / size)
            let file = try member.spooled(progress: poll)
            try threads.submit(poll: poll) { [self] in
              do {
                let name = "\(archive.path)/\(file.path)"
                let recording = try cache.recording(descriptor: file.descriptor, name: name) {
                  try threads.check()
                  self.report(name, seconds: $0.seconds)
                }
                contents.withLock {
                  $0.recordings[file.path] = recording
                  $0.catalog.sounds[file.path] = recording.source.hex
                }
              } catch {
                note(error, file.path)
              }
            }
          case nil: return
          }
        }
      } catch let error as FileReadError where error.file == archive.path {
        // Whatever was complete before the damage is used.
        note(error, "")
      }
    }
    return contents.withLock { $0 }
  }
}
