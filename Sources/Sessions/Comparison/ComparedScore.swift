import CommandLanguage
import Networks
import Tasks

/// A request of `compare`.
package struct ComparisonRequest {
  /// The number of steps of each model.
  package var steps: Int
  /// The time limit of a model's training, in seconds; replays do not compare its results.
  var timeLimit: Double?
  /// True if each process trains its own models.
  var isSpread = false
  /// The lengths of the test of symbols; nil for those of the data.
  package var lengths: [Int]?
  /// The number of test examples, of symbols of each length; nil for the usual numbers.
  package var count: Int?
  /// The seed for the examples of the validation and the test, the same for all models.
  package var seed: UInt64

  /// Rejects `lengths=` for data whose tests have no lengths.
  package func refuseLengths() throws(Diagnostic) {
    guard lengths != nil else { return }
    throw Diagnostic(
      "`lengths=` is about \(SymbolData.subject)",
      about: CompareCommand.lengths,
      remedy: "leave it out"
    )
  }
}

/// A model's score in `compare`.
package struct ComparedScore {
  /// A measure from 0 to 1.
  package struct Measure {
    /// The measure's label, such as a length.
    package let label: Labelled.Label
    /// The heading of the measure's column.
    package let title: String
    package let value: Double

    package init(_ label: Labelled.Label, title: String, _ value: Double) {
      self.label = label
      self.title = title
      self.value = value
    }
  }

  package let measures: [Measure]
  /// The baselines that learn nothing, in the same measures.
  package let baselines: [(name: String, values: [Double])]
  /// The published results of networks on the data that these represent, in percent of the first measure.
  package let published: [NetworkKind: Double]

  package init(
    _ measures: [Measure],
    baselines: [(name: String, values: [Double])] = [],
    published: [NetworkKind: Double] = [:]
  ) {
    self.measures = measures
    self.baselines = baselines
    self.published = published
  }
}

/// The result of a session's last `compare`, for its figure.
package struct LastComparison: SessionState {
  /// The result of a model.
  package struct Row {
    package let name: String
    package let parameters: Int
    /// The duration of its training in that comparison.
    package let seconds: Double
    /// The first of its measures, with its label; nil without any.
    package let measure: ComparedScore.Measure?
    /// A description of the data.
    package let about: String
    /// The total number of steps that the model was trained for.
    package let step: Int
  }

  package var rows: [Row] = []

  package init() {}
}
