import Audio
import Autograd
import Foundation
import Networks
import Processes
import Tasks
import Tensors

/// The quality of the notes found in a number of frames.
package struct MusicScore {
  /// The micro average over all frames and notes.
  package var averagePrecision = AveragePrecision()
  /// The score of the notes found at a probability of 0.5.
  package var frameScore = FrameScore()
  /// The number of frames.
  package private(set) var frames = 0
  /// The sum of the training losses of the windows.
  package private(set) var loss = 0.0

  /// The minimum calibrated probability of a note that counts as found.
  package static let threshold: Float = 0.5

  package init() {}

  /// Adds the middle frames of some windows.
  fileprivate mutating func add(_ heard: HeardFrames) throws(ScoreError) {
    let (probabilities, labels) = (heard.probabilities, heard.flags.map { $0 != 0 })
    try averagePrecision.add(scores: probabilities, labels: labels)
    frameScore.add(scores: probabilities, labels: labels, threshold: Self.threshold)
    let windows = labels.count / NoteTargets.notes
    frames += windows
    loss += heard.loss * Double(windows)
  }

  /// Adds counts made elsewhere.
  package mutating func add(_ other: MusicScore) {
    averagePrecision.add(other.averagePrecision)
    frameScore.add(other.frameScore)
    frames += other.frames
    loss += other.loss
  }
}

extension Trainer {
  /// The maximum number of places per pass over windows (at least one window).
  package static let placesPerPass = 1 << 16

  /// Returns the calibrated probabilities of the notes in the middle frame of each window.
  ///
  /// - Throws: any error that `monitor` throws.
  package func middleFrames(of batch: Batch, monitor: PassMonitor?) throws -> NoteLossResult {
    let (logits, tape) = try model.forward(batch, monitor: monitor)
    return model.noteLoss(
      of: logits,
      batch.targets(of: NoteTargets.self),
      smoothing: settings.smoothing,
      on: tape
    )
  }

  /// Runs the network on windows of held-out music and scores the middle frame of each.
  ///
  /// - Parameters:
  ///   - numbers: the numbers of the windows.
  ///   - done: receives the number of finished windows after each pass.
  /// - Throws: `ScoreError`, or any error that `monitor` or `done` throws.
  package func score(
    of music: MusicData.HeldOut,
    _ numbers: [Int],
    in data: MusicData,
    monitor: PassMonitor? = nil,
    done: (Int) throws -> Void = { _ in }
  ) throws -> MusicScore {
    let source = RandomSource(seed: settings.seed)
    let size = max(1, Self.placesPerPass / data.form.places)
    let portions = stride(from: 0, to: numbers.count, by: size).map { first in
      numbers[first..<min(first + size, numbers.count)]
    }
    var windows = 0
    let heard = try ProcessGroup.current.map(
      .test,
      count: portions.count,
      poll: { try monitor?.check() }
    ) { number in
      let batch = data.batch(of: music, portions[number], source: source)
      let result = try middleFrames(of: batch, monitor: monitor)
      let targets = batch.targets(of: NoteTargets.self)
      windows += portions[number].count
      try done(windows)
      return HeardFrames(
        probabilities: result.probabilities,
        flags: targets.flags(ofFrame: targets.middle),
        loss: Double(result.loss.value.scalar)
      )
    }
    var score = MusicScore()
    for frames in heard { try score.add(frames) }
    return score
  }
}

/// The middle frames of some windows: the probability of each note, and its label.
private struct HeardFrames: Codable {
  /// The probabilities as bytes, which processes exchange fastest.
  private let bytes: Data
  let flags: Data
  /// The mean loss of the windows.
  let loss: Double

  init(probabilities: [Float], flags: [UInt8], loss: Double) {
    bytes = probabilities.withUnsafeBytes { Data($0) }
    (self.flags, self.loss) = (Data(flags), loss)
  }

  var probabilities: [Float] {
    [Float](unsafeUninitializedCapacity: bytes.count / MemoryLayout<Float>.stride) {
      buffer,
      count in
      count = bytes.copyBytes(to: buffer) / MemoryLayout<Float>.stride
    }
  }
}
