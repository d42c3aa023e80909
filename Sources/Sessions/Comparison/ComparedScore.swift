import CommandLanguage
import Networks
import Tasks

/// What `compare` was told.
package struct ComparisonRequest {
  /// Steps of each model.
  package var steps: Int
  /// Seconds after which a model's training ends; what comes of it is not compared by replays.
  var timeLimit: Double?
  /// Whether each process trains models of its own.
  var isSpread = false
  /// Lengths of the test of symbols; nil for those of the data.
  package var lengths: [Int]?
  /// Examples of the test, of symbols of each length; nil for the usual numbers.
  package var count: Int?
  /// The seed of the examples of the validation and the test, the same for all models.
  package var seed: UInt64

  /// Refuses lengths for data whose tests have none.
  package func refuseLengths() throws(Diagnostic) {
    guard lengths != nil else { return }
    throw Diagnostic(
      "`lengths=` is about \(SymbolData.subject)",
      about: CompareCommand.lengths,
      remedy: "leave it out"
    )
  }
}

/// How well a model does, for `compare`.
package struct ComparedScore {
  /// A measure from 0 to 1.
  package struct Measure {
    /// What it is of, such as a length.
    package let label: Labelled.Label
    /// The heading of its column.
    package let title: String
    package let value: Double

    package init(_ label: Labelled.Label, title: String, _ value: Double) {
      self.label = label
      self.title = title
      self.value = value
    }
  }

  package let measures: [Measure]
  /// What others reach that learn nothing, in the same measures.
  package let baselines: [(name: String, values: [Double])]
  /// What papers tell of networks on the data that these stand for, in percent of the first measure.
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

/// What the last `compare` of a session found, for its figure.
package struct LastComparison: SessionState {
  /// What was found of a model.
  package struct Row {
    package let name: String
    package let parameters: Int
    /// Of its training in that comparison.
    package let seconds: Double
    /// The first of its measures, and what it is of; nil without any.
    package let measure: ComparedScore.Measure?
    /// What the data are about.
    package let about: String
    /// Steps that the model was trained for in all.
    package let step: Int
  }

  package var rows: [Row] = []

  package init() {}
}
