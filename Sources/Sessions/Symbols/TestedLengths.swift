import Tasks
import Training

/// The results of a model's last tests.
package struct TestedLengths {
  /// The step after which the model was tested.
  package let step: Int
  /// The name of the task, see `SymbolTask.name`.
  package let task: String
  /// The scores by length.
  package fileprivate(set) var scores: [Int: SymbolScore]

  /// The accuracies by ascending length.
  package var accuracies: [(length: Int, accuracy: Double)] {
    scores.sorted { $0.key < $1.key }.map { ($0.key, $0.value.accuracy) }
  }
}

extension ModelSlot {
  /// The tests of the model in its current state; nil if there are none.
  package var tests: TestedLengths? {
    lastTests.flatMap { $0.step == trainer?.step ? $0 : nil }
  }

  /// Notes a test; its results replace older ones of the same lengths.
  func noteTest(_ rows: [(length: Int, score: SymbolScore)], on data: SymbolData) {
    let scores = Dictionary(rows.map { ($0.length, $0.score) }) { $1 }
    let step = trainer?.step ?? 0
    if var tests, tests.task == data.task.name {
      tests.scores.merge(scores) { $1 }
      lastTests = tests
    } else {
      lastTests = TestedLengths(step: step, task: data.task.name, scores: scores)
    }
  }
}
