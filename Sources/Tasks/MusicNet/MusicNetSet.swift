import Audio
import Files
import Foundation

/// A recording with its labels.
package struct LabelledRecording: Sendable {
  /// MusicNet's number of the recording.
  package let id: String
  package let role: MusicNetSplit.Role
  package let recording: Recording
  /// The notes, by onset.
  package let notes: [NoteEvent]
  /// The notes that sound at any time.
  package let roll: LabelRoll
}

/// Recordings with labels in MusicNet's published layout, from a folder or an archive.
package struct MusicNetSet: Sendable {
  /// The recordings, in the order of their IDs.
  package let recordings: [LabelledRecording]
  /// The faults of files that were left out.
  package let faults: [DataFault]
  /// Notices for the user on the cache of samples.
  package let notices: [String]
  package let split: MusicNetSplit

  /// The progress of the first reading of a set.
  package struct Progress: Sendable {
    /// The number of seconds of sound decoded; cached recordings need not be decoded.
    package var seconds: Double
    /// The fraction of the set that is ready, 0 … 1.
    package var share: Double
    /// The file being read.
    package var file: String
  }

  /// Reads a set.
  ///
  /// - Parameters:
  ///   - path: A folder that contains `train_data` and so on, or a folder or an archive that contains such a folder.
  ///   - cache: Stores the samples for later readings.
  ///   - progress: Called about ten times a second on the caller's thread; an error it throws ends the reading, and
  ///     leaves no file half written.
  /// - Throws: `DataFault` if there is no usable recording, or whatever `progress` throws.
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

  /// The digest of the recordings' files and of the notes in them, in the order of the IDs.
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

  /// Returns the recordings with a role.
  package func recordings(for role: MusicNetSplit.Role) -> [LabelledRecording] {
    recordings.filter { $0.role == role }
  }
}
