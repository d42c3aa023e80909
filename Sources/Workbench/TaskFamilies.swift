import Figures
import MusicWorkbench
import PassageWorkbench
import RoutingWorkbench
import Sessions

/// All families of tasks.
package enum TaskFamilies {
  package static let all: [any TaskFamily] = [
    SymbolFamily(), PairFamily(), MusicFamily(), PerformanceFamily(), PassageFamily(),
  ]

  /// The names behind `data`.
  static let choices = all.flatMap(\.choices)

  /// The family of what stands behind `data`, or of its options where nothing does.
  static func family(ofChoice name: String?) -> (any TaskFamily)? {
    name.map { family(ofTask: $0) } ?? all.first { $0.choices.isEmpty }
  }

  /// The family that has a task of that name; nil if none does.
  static func family(ofTask name: String) -> (any TaskFamily)? {
    all.first { $0.tasks.contains(name) }
  }
}
