import Audio
import Files
import Foundation
import Synchronization
import Tensors

/// A recording with its playing.
package struct PlayedRecording: Sendable {
  /// The path in the folder, without extension.
  package let name: String
  package let role: MusicNetSplit.Role
  package let recording: Recording
  package let playing: Playing
}

/// Recordings with files of notes beside them, in a folder and its subfolders.
///
/// A recording is paired with the file of the same name that is MIDI, or a table in MusicNet's published format; the
/// table may also be in the folder named like the recording's, with `labels` in place of `data`. A folder whose name
/// begins with `valid` or `test` contains recordings for validation or tests; all others are for training.
package struct PerformanceSet: Sendable {
  /// The recordings, by name.
  package let recordings: [PlayedRecording]
  /// The faults of files that were left out.
  package let faults: [DataFault]
  /// Notices for the user on the cache of samples.
  package let notices: [String]

  private static let form =
    "give a folder that holds recordings, such as a.wav, with their notes, a.mid"

  /// The progress of the first reading of a set.
  package struct Progress: Sendable {
    /// The fraction of the files that are ready, 0 … 1.
    package var share = 0.0
    /// The file being read.
    package var file = ""
  }

  /// Reads a set.
  ///
  /// - Parameters:
  ///   - path: the folder's path.
  ///   - cache: stores the samples for later readings.
  ///   - progress: called about ten times a second; an error it throws ends the reading.
  /// - Throws: `DataFault` if there is no usable recording, or whatever `progress` throws.
  package init(
    path: String,
    cache: SampleCache = SampleCache(),
    progress: (Progress) throws -> Void = { _ in }
  ) throws {
    let pairs = try Self.pairs(in: path)
    let state = Mutex(
      (progress: Progress(), recordings: [PlayedRecording](), faults: [DataFault]())
    )
    func poll() throws { try progress(state.withLock { $0.progress }) }
    try ReadingThreads.run(threads: WorkerPool.shared.threads, poll: poll) { threads in
      for pair in pairs {
        try threads.submit(poll: poll) {
          state.withLock { $0.progress.file = pair.sound }
          do {
            let recording = try pair.read(cache) { try threads.check() }
            state.withLock { $0.recordings.append(recording) }
          } catch is ReadingThreads.Interrupted {
            return
          } catch {
            state.withLock { $0.faults.append(DataFault(error, file: pair.sound)) }
          }
          state.withLock { $0.progress.share += 1 / Double(pairs.count) }
        }
      }
    }
    cache.folder.save()
    notices = cache.folder.takeNotices()
    recordings = state.withLock { $0.recordings }.sorted { $0.name < $1.name }
    faults = state.withLock { $0.faults }.sorted {
      ($0.file, $0.line ?? 0) < ($1.file, $1.line ?? 0)
    }
    guard !recordings.isEmpty else {
      throw faults.first
        ?? DataFault(file: path, "there are no recordings with notes in it", Self.form)
    }
  }

  /// Returns the recordings with a role.
  package subscript(role: MusicNetSplit.Role) -> [PlayedRecording] {
    recordings.filter { $0.role == role }
  }

  /// The digest of the recordings' files and of what is played in them.
  package var digest: Digest {
    var stream = DigestStream()
    for recording in recordings {
      stream.update("\(recording.name) \(recording.role) \(recording.recording.source.hex)")
      stream.update(UInt64(recording.playing.notes.count))
      for note in recording.playing.notes {
        stream.update([note.onset, note.offset, Double(note.pitch), Double(note.velocity)])
      }
      for pedal in recording.playing.pedals { stream.update([pedal.start, pedal.end]) }
    }
    return stream.digest
  }

  /// A recording with its file of notes.
  private struct Pair {
    let name: String
    let role: MusicNetSplit.Role
    let sound: String
    let notes: String

    func read(_ cache: SampleCache, check: () throws -> Void) throws -> PlayedRecording {
      let recording = try cache.recording(path: sound) { _ in try check() }
      let bytes = try DataFault.contents(of: notes)
      return PlayedRecording(
        name: name,
        role: role,
        recording: recording,
        playing: try playing(bytes, recording)
      )
    }

    private func playing(_ bytes: Data, _ recording: Recording) throws -> Playing {
      guard MIDIFile.isIn(bytes) else {
        let labels = try NoteTable.labels(
          bytes,
          file: notes,
          seconds: recording.promisedSeconds
        )
        return Playing(recording.heard(labels), isPerformed: false)
      }
      let file: MIDIFile
      do {
        file = try MIDIFile(parsing: [UInt8](bytes))
      } catch {
        throw DataFault(file: notes, error.message, error.remedy)
      }
      // Missing notes would be learned as silence.
      guard !file.remarks.areOfLoss else {
        let remarks = file.remarks.texts.joined(separator: "; ")
        throw DataFault(file: notes, remarks, "get the file again")
      }
      return Playing(
        recording.heard(file.notes.filter { $0.offset > $0.onset }),
        pedals: file.pedals,
        isPerformed: true
      )
    }
  }

  /// Returns the recordings that have notes, by path.
  private static func pairs(in folder: String) throws(DataFault) -> [Pair] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
      throw DataFault(file: folder, "there is no such folder", "correct the path")
    }
    // An enumerator does not follow a link to a folder.
    let place = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
    guard isFolder.boolValue, let files = FileManager.default.enumerator(atPath: place) else {
      throw DataFault(file: folder, "this is no folder that can be read", form)
    }
    var sounds: [(stem: String, path: String)] = []
    var notes: [String: String] = [:]
    for case let path as String in files {
      let (stem, ending) = (
        (path as NSString).deletingPathExtension, (path as NSString).pathExtension
      )
      switch ending.lowercased() {
      case "mid", "midi": notes[stem] = path
      case "csv": notes[stem] = notes[stem] ?? path
      case let ending where MusicNetListing.audioEndings.contains(ending):
        sounds.append((stem, path))
      default: continue
      }
    }
    return sounds.sorted { $0.path < $1.path }.compactMap { stem, path in
      guard let file = notes[stem] ?? notes[labels(of: stem)] else { return nil }
      return Pair(
        name: stem,
        role: role(of: stem),
        sound: "\(folder)/\(path)",
        notes: "\(folder)/\(file)"
      )
    }
  }

  /// Returns the path of the labels of `train_data/1`: `train_labels/1`.
  private static func labels(of stem: String) -> String {
    var parts = stem.components(separatedBy: "/")
    guard parts.count > 1 else { return stem }
    let folder = parts.count - 2
    if parts[folder].hasSuffix("data") { parts[folder] = parts[folder].dropLast(4) + "labels" }
    return parts.joined(separator: "/")
  }

  private static func role(of stem: String) -> MusicNetSplit.Role {
    for folder in stem.lowercased().split(separator: "/").dropLast() {
      if folder.hasPrefix("valid") { return .validation }
      if folder.hasPrefix("test") { return .test }
    }
    return .train
  }
}
