import Testing

/// A training that lasts longer than any test, with steps of a fraction of a second.
enum LongTraining {
  static let preparation = "seed 7; data badd lengths=64; model rse maps=48"
  static let statement = "train 20000"
}

extension ShellTranscript {
  /// Starts a long training and waits until the progress bar shows a complete step.
  func startTraining(sourceLocation: SourceLocation = #_sourceLocation) throws {
    try run(LongTraining.preparation, sourceLocation: sourceLocation)
    try enter(LongTraining.statement, sourceLocation: sourceLocation)
    try waitFor("  loss 0.", sourceLocation: sourceLocation)
  }
}

/// What the line at the end of a training tells.
struct TrainingSummary: Equatable {
  let step: Int
  let weights: String

  /// Reads the first such line; nil if there is none.
  init?(in lines: [String]) {
    let form = /step (\d+)  loss \d+\.\d{4}  accuracy \d\.\d{4}  weights ([0-9a-f]{12})/
    guard let match = lines.lazy.compactMap({ $0.wholeMatch(of: form) }).first,
      let step = Int(match.1)
    else { return nil }
    self.step = step
    weights = String(match.2)
  }
}
