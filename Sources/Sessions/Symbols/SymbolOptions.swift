import CommandLanguage
import Tasks
import Wording

/// The options of `data` for symbols: of generated tasks, and those that files of pairs share.
package enum SymbolOptions {
  /// The names of the generated tasks.
  package static let tasks = TaskCatalog.tasks.map(\.name)

  package static let lengths = CommandArgument(
    "lengths",
    .list(of: .powerOfTwo(in: 4...SymbolData.largestLength)),
    "lengths of the batches, powers of two",
    unit: "symbols",
    otherwise: "8,16,32,64, mulbcd 16,32,64; of a file those that it needs"
  )
  package static let batch = CommandArgument(
    "batch",
    .integer(in: 1...SymbolData.largestBatch),
    "examples of each length in a step",
    default: 32
  )
  private static let padding = CommandArgument(
    "padding",
    .choice(Padding.self),
    "where the blanks of training examples stand",
    default: .end
  )
  private static let alphabet = CommandArgument(
    "alphabet",
    .integer(in: 2...TaskCatalog.largestAlphabet),
    "input symbols of a task that leaves them free, the blank included",
    otherwise: "the original's, see `help task`"
  )
  private static let count = CommandArgument(
    "count",
    .integer(in: 1...DataOptions.largestCount),
    "different inputs of each length in a finite set",
    otherwise: "endless data"
  )
  private static let hard = CommandArgument(
    "hard",
    .number(in: 0...1),
    "the share of hard inputs, which `help task NAME` lists",
    default: 0
  )

  package static let groups = [
    ScopedOptions("symbols", under: tasks, orAlone: true, options: [lengths, batch, padding]),
    ScopedOptions(
      "a task whose examples are made",
      under: tasks,
      options: [alphabet, count, hard]
    ),
  ]

  /// Returns the data of a task, generated or from a file.
  ///
  /// - Parameters:
  ///   - usualBins: the default lengths.
  ///   - remedy: the remedy for lengths that do not fit; nil for the task's own.
  package static func data(
    of task: any SymbolTask,
    usualBins: [Int],
    _ arguments: BoundArguments,
    remedy: String? = nil
  ) throws(Diagnostic) -> SymbolData {
    let bins = arguments[lengths] ?? usualBins
    try bins.checkDistinct(lengths)
    do {
      return try SymbolData.make(
        task: task,
        bins: bins,
        batchSize: arguments[batch],
        options: DataOptions(
          padding: arguments[padding],
          count: arguments[count],
          hard: arguments[hard]
        )
      )
    } catch {
      throw arguments.error(on: lengths, error.message, remedy: remedy ?? error.remedy)
    }
  }

  /// Returns a generated task.
  ///
  /// - Parameter symbols: the size of its alphabet without `alphabet=`; nil for the usual one.
  package static func task(
    _ name: String,
    symbols: Int? = nil,
    _ arguments: BoundArguments
  ) throws(Diagnostic) -> any GeneratedTask {
    do {
      return try TaskCatalog.task(named: name, symbols: arguments[alphabet] ?? symbols)
    } catch {
      switch error {
      case .unknown:
        throw arguments.error("there is no task `\(name)`", remedy: "`help tasks`")
      case .fixedAlphabet(_, let symbols):
        throw arguments.error(
          on: alphabet,
          "the alphabet of `\(name)` is no choice: it has \(symbols) symbols",
          remedy: "leave out alphabet="
        )
      case .alphabet(_, let fewest, let most):
        throw arguments.error(
          on: alphabet,
          "`\(name)` needs an alphabet of \(fewest) to \(grouped(most)) symbols",
          remedy: "for example alphabet=\(max(12, fewest))"
        )
      }
    }
  }
}

extension [Int] {
  /// Rejects lengths that an argument names twice.
  package func checkDistinct(_ argument: any NamedArgument) throws(Diagnostic) {
    guard Set(self).count == count else {
      throw Diagnostic(
        "the lengths must be given once each",
        about: argument,
        remedy: "for example lengths=8,16,32"
      )
    }
  }
}
