import Audio
import Files
import Foundation

/// A recording with its labels.
package struct LabelledRecording: Sendable {
  /// MusicNet's number of the recording.
  package let id: String
  package let role: MusicNetSplit.Role
  package let recording: Recording
  /// The notes in the order of onset.
  package let notes: [NoteEvent]
  /// The notes that sound at any time.
  package let roll: LabelRoll
}

/// Recordings with labels in the layout that MusicNet is published in, from a folder or an archive.
package struct MusicNetSet: Sendable {
  /// The recordings in the order of their ids.
  package let recordings: [LabelledRecording]
  /// What is wrong with files that were left out.
  package let faults: [DataFault]
  /// What users should know of the samples that are kept.
  package let notices: [String]
  package let split: MusicNetSplit

  /// How far the first reading of a set has come.
  package struct Progress: Sendable {
    /// Seconds of sound that were decoded; recordings that are kept need not be decoded.
    package var seconds: Double
    /// The share of the set that is ready, 0 … 1.
    package var share: Double
    /// The file that is being read.
    package var file: String
  }

  /// Reads a set.
  ///
  /// - Parameters:
  ///   - path: A folder that holds `train_data` and so on, or a folder or an archive with such a folder.
  ///   - cache: Keeps the samples for the next time.
  ///   - progress: Called about ten times a second by the caller's thread; what it throws ends the reading,
  ///     and leaves nothing half written.
  /// - Throws: `DataFault` when there is no recording to be used; what `progress` throws.
  package init(
    path: String,
    split: MusicNetSplit = .original,
    cache: SampleCache = SampleCache(),
    progress: (Progress) throws -> Void = { _ in }
  ) throws {
    let loader = MusicNetLoader(split: split, cache: cache)
    let source = try MusicNetSource(path: path)
    switch source {
    case .folder(let folder, let paths): try loader.load(folder: folder, paths, progress)
    case .archive(let archive): try loader.load(archive: archive, progress)
    }
    cache.folder.save()
    let (recordings, faults) = loader.results
    guard !recordings.isEmpty else {
      throw faults.first
        ?? DataFault(file: path, "there are no recordings in it", MusicNetSource.form)
    }
    self.recordings = recordings
    self.faults = faults
    self.split = split
    notices = cache.folder.takeNotices()
  }

  /// The digest of the recordings' files and of the notes in them, in the order of the ids.
  package var digest: Digest {
    var stream = DigestStream()
    for recording in recordings {
      stream.update("\(recording.id) \(recording.role) \(recording.recording.source.hex)")
      stream.update(UInt64(recording.notes.count))
      for note in recording.notes {
        stream.update([note.onset, note.offset, Double(note.pitch)])
      }
    }
    return stream.digest
  }

  /// The recordings that are used for something.
  package func recordings(for role: MusicNetSplit.Role) -> [LabelledRecording] {
    recordings.filter { $0.role == role }
  }
}
