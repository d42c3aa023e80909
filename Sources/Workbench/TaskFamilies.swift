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

  /// The names that may follow `data`.
  static let choices = all.flatMap(\.choices)

  /// Returns the family of the name after `data`; without a name, the family that options alone choose.
  static func family(ofChoice name: String?) -> (any TaskFamily)? {
    name.map { family(ofTask: $0) } ?? all.first { $0.choices.isEmpty }
  }

  /// Returns the family that has a task of that name; nil if none does.
  static func family(ofTask name: String) -> (any TaskFamily)? {
    all.first { $0.tasks.contains(name) }
  }
}
