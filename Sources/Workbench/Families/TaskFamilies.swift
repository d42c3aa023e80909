/// All families of tasks.
enum TaskFamilies {
  static let all: [any TaskFamily] = [
    SymbolFamily(), PairFamily(), MusicFamily(), PassageFamily(),
  ]

  /// The family that has a task of that name; nil if none does.
  static func family(ofTask name: String) -> (any TaskFamily)? {
    all.first { $0.tasks.contains(name) }
  }
}
