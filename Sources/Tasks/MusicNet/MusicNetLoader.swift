import Audio
import Files
import Foundation
import Synchronization
import Tensors

/// Reads the recordings of a set on several threads, and collects the faults.
final class MusicNetLoader: Sendable {
  /// The results and the progress of reading a set.
  private struct State: Sendable {
    var recordings: [LabelledRecording] = []
    var faults: [DataFault] = []
    /// The number of seconds decoded of each file.
    var seconds: [String: Double] = [:]
    /// The file most recently worked on.
    var file = ""
    /// The fraction of the set that is ready.
    var share = 0.0
  }

  /// The maximum size of a label file in bytes.
  static let mostLabelBytes = 64 << 20

  let cache: SampleCache
  private let split: MusicNetSplit
  private let state = Mutex(State())

  init(split: MusicNetSplit, cache: SampleCache) {
    self.split = split
    self.cache = cache
  }

  /// The recordings in the order of the pieces, and the faults in the order of files and lines.
  var results: (recordings: [LabelledRecording], faults: [DataFault]) {
    state.withLock { state in
      let recordings = state.recordings.sorted { MusicNetListing.isBefore($0.id, $1.id) }
      let faults = state.faults.sorted { ($0.file, $0.line ?? 0) < ($1.file, $1.line ?? 0) }
      return (recordings, faults)
    }
  }

  /// The progress of reading.
  var progress: MusicNetSet.Progress {
    state.withLock { state in
      MusicNetSet.Progress(
        seconds: state.seconds.values.reduce(0, +),
        share: state.share,
        file: state.file
      )
    }
  }

  /// Records faults.
  func note(_ faults: [DataFault]) {
    state.withLock { $0.faults += faults }
  }

  /// Records the file being read, the number of its seconds decoded, and the fraction of the set that is ready.
  func report(_ file: String, seconds: Double? = nil, share: Double? = nil) {
    state.withLock { state in
      state.file = file
      if let seconds { state.seconds[file] = seconds }
      if let share { state.share = share }
    }
  }

  /// Reads the files of a folder.
  func load(
    folder: String,
    _ paths: [String],
    _ progress: (MusicNetSet.Progress) throws -> Void
  ) throws {
    let cache = self.cache
    try load(MusicNetListing(paths.map { "\(folder)/\($0)" }), progress) { piece, threads in
      try cache.recording(path: piece.audio) { progress in
        try threads.check()
        self.report(piece.audio, seconds: progress.seconds)
      }
    } labels: { piece in
      try DataFault.contents(of: piece.labels)
    }
  }

  /// Reads the pieces of a listing from any source.
  func load(
    _ listing: MusicNetListing,
    _ progress: (MusicNetSet.Progress) throws -> Void,
    audio: @escaping @Sendable (MusicNetListing.Piece, ReadingThreads) throws -> Recording,
    labels: @escaping @Sendable (MusicNetListing.Piece) throws -> Data
  ) throws {
    note(listing.faults)
    func poll() throws { try progress(self.progress) }
    let part = 1 / Double(max(1, listing.pieces.count))
    try ReadingThreads.run(threads: WorkerPool.shared.threads, poll: poll) { threads in
      for piece in listing.pieces {
        try threads.submit(poll: poll) {
          self.collectFaults(of: piece.audio) {
            let recording = try audio(piece, threads)
            try self.add(piece, recording, try labels(piece))
          }
          self.state.withLock { $0.share = min(1, $0.share + part) }
        }
      }
    }
  }

  /// Runs `body` and records an error as a fault of a file.
  private func collectFaults(of file: String, _ body: () throws -> Void) {
    do {
      try body()
    } catch is ReadingThreads.Interrupted {
      return
    } catch {
      note([DataFault(error, file: file)])
    }
  }

  private func add(
    _ piece: MusicNetListing.Piece,
    _ recording: Recording,
    _ labels: Data
  ) throws(DataFault) {
    let notes = recording.heard(
      try NoteTable.labels(labels, file: piece.labels, seconds: recording.promisedSeconds)
    )
    let labelled = LabelledRecording(
      id: piece.id,
      role: split.role(of: piece.id, isInTestFolder: piece.isInTestFolder),
      recording: recording,
      notes: notes,
      roll: LabelRoll(notes)
    )
    state.withLock { $0.recordings.append(labelled) }
  }
}
