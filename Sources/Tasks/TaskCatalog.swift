/// The generated tasks by name.
package enum TaskCatalog {
  /// All tasks with the alphabets of the reference code, by family.
  package static let tasks: [any GeneratedTask] = [
    Addition(.binary), Addition(.decimal), Addition(.quaternary),
    Multiplication(.binary), Multiplication(.decimal), Multiplication(.quaternary),
    CodedMultiplication(), Division(),
    Sorting(), PairSorting(), Identity(), Reversal(), PairReversal(), Increment(), FirstSymbol(),
    LastSymbol(), Duplication(), BitReversal(), Rotation(),
    Search(), MemoryIndexing(),
    WordSorting(), Merging(),
    Brackets(), BracketCompletion(),
  ]

  /// Returns the task with a name and its default alphabet, or nil if there is none.
  package static func task(named name: String) -> (any GeneratedTask)? {
    tasks.first { $0.name == name }
  }

  /// Returns the task with a name, with an input alphabet of a number of symbols, including the blank, or the default
  /// one.
  ///
  /// - Throws: `TaskError` if there is no such task, or it has no such alphabet.
  package static func task(
    named name: String,
    symbols: Int?
  ) throws(TaskError) -> any GeneratedTask {
    guard let task = task(named: name) else { throw .unknown(name) }
    guard let symbols else { return task }
    guard let free = task as? any FreeAlphabetTask else {
      guard symbols == task.inputSymbols else {
        throw .fixedAlphabet(task: name, symbols: task.inputSymbols)
      }
      return task
    }
    let kind = type(of: free)
    guard symbols >= kind.fewestSymbols, symbols <= largestAlphabet else {
      throw .alphabet(task: name, fewest: kind.fewestSymbols, most: largestAlphabet)
    }
    return kind.init(symbols: symbols)
  }

  /// The maximum size of a chosen alphabet; `memory_indexing` needs some 1.6 million symbols at length 2^20.
  package static let largestAlphabet = 1 << 21
}

/// The reason that there is no such task.
package enum TaskError: Error, Equatable {
  case unknown(String)
  /// The alphabet of the task is fixed.
  case fixedAlphabet(task: String, symbols: Int)
  /// The alphabet is too small or too large.
  case alphabet(task: String, fewest: Int, most: Int)
}
