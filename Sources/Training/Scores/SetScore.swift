/// The frame scores of a set of recordings, of each and of all together.
package struct SetScore: Sendable {
  /// The scores of one recording.
  package struct Recording: Hashable, Sendable {
    package let name: String
    /// See `AveragePrecision`.
    package let averagePrecision: Double
    /// Notes found at the threshold.
    package let frames: FrameScore
  }

  /// The recordings that were ended, in order.
  package private(set) var recordings: [Recording] = []
  /// The score from which on a note counts as found.
  package let threshold: Float
  private var all = AveragePrecision()
  private var current = AveragePrecision()
  private var currentFrames = FrameScore()

  package init(threshold: Float) {
    self.threshold = threshold
  }

  /// Adds frames of 128 scores and labels of the recording that is being scored.
  ///
  /// - Throws: `ScoreError` if a score is not a number.
  package mutating func add(
    scores: UnsafeBufferPointer<Float>,
    labels: UnsafeBufferPointer<Bool>
  ) throws(ScoreError) {
    try current.add(scores: scores, labels: labels)
    currentFrames.add(scores: scores, labels: labels, threshold: threshold)
  }

  /// Ends a recording: its scores are added to those of the set.
  @discardableResult
  package mutating func endRecording(named name: String) -> Recording {
    all.add(current)
    let recording = Recording(
      name: name,
      averagePrecision: current.value(),
      frames: currentFrames
    )
    recordings.append(recording)
    current = AveragePrecision()
    currentFrames = FrameScore()
    return recording
  }

  /// The average precision over all frames of the recordings that were ended.
  package mutating func averagePrecision() -> Double { all.value() }

  /// The notes found at the threshold in all recordings that were ended.
  package var frames: FrameScore {
    recordings.reduce(into: FrameScore()) { $0.add($1.frames) }
  }
}
