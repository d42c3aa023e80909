import Tasks
import Training

/// What the last tests of a model have shown.
package struct TestedLengths {
  /// The step that it was tested after.
  package let step: Int
  /// The task, see `SymbolTask.name`.
  package let task: String
  /// The errors at each length.
  package fileprivate(set) var scores: [Int: SymbolScore]

  /// The lengths in ascending order with their accuracies.
  package var accuracies: [(length: Int, accuracy: Double)] {
    scores.sorted { $0.key < $1.key }.map { ($0.key, $0.value.accuracy) }
  }
}

extension ModelSlot {
  /// The tests of the model as it is; nil if it was not tested, or trained since.
  package var tests: TestedLengths? {
    lastTests.flatMap { $0.step == trainer?.step ? $0 : nil }
  }

  /// Takes note of a test; of a length that was tested before the newer result stays.
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
