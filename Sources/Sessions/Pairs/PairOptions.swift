import CommandLanguage
import Tasks
import Wording

/// The options of `data` for a file of pairs.
package enum PairOptions {
  package static let file = CommandArgument(
    "file",
    .fileToRead(extensions: ["tsv", "txt"]),
    "examples of your own: input, tab, target on each line"
  )
  private static let symbols = CommandArgument(
    "symbols",
    .choice(PairFile.Unit.self),
    "what a symbol of the file is",
    otherwise: "words where there are blanks"
  )
  package static let inputs = CommandArgument(
    "inputs",
    .list(of: .text),
    "the alphabet of the file's inputs",
    otherwise: "those that occur"
  )
  package static let outputs = CommandArgument(
    "outputs",
    .list(of: .text),
    "the alphabet of the file's targets",
    otherwise: "those that occur"
  )
  private static let heldOut = CommandArgument(
    "held-out",
    .number(in: PairTask.Description.shares),
    "the share of the file that is kept from training, for `test`; 1 for all of it",
    default: 0.1
  )

  package static let test = CommandArgument(
    "test",
    .fileToRead(extensions: ["tsv", "txt"]),
    "a file of pairs for `test` and `validate=`, in place of a share of the other one"
  )

  package static let groups = [
    ScopedOptions(
      "a file of your own",
      under: [],
      orAlone: true,
      topic: "a file of pairs",
      options: [file, test, symbols, inputs, outputs, heldOut]
    )
  ]

  /// Returns the request of the arguments.
  package static func request(_ arguments: BoundArguments) throws(Diagnostic) -> PairData.Request {
    guard let file = arguments[file] else {
      throw arguments.error(
        "neither a task nor a file is named",
        remedy: "for example `data badd`, or `data file=pairs.tsv`"
      )
    }
    guard !arguments.has(test) || !arguments.has(heldOut) else {
      throw arguments.error(
        on: heldOut,
        "`test=` names the examples that are held out, and `held-out=` a share of the file",
        remedy: "leave out one of them"
      )
    }
    return PairData.Request(
      file: file,
      test: arguments[test],
      unit: arguments[symbols],
      inputs: arguments[inputs],
      outputs: arguments[outputs],
      heldOut: arguments.has(test) ? 0 : arguments[heldOut]
    )
  }

  /// Returns the data of a file that was read.
  package static func data(of task: PairTask, _ arguments: BoundArguments) throws(Diagnostic)
    -> SymbolData
  {
    let fitting = task.fittingBins.filter { $0 <= SymbolData.largestLength }
    guard !fitting.isEmpty else {
      throw arguments.error(
        on: file,
        "no example to train on has at most \(grouped(SymbolData.largestLength)) symbols",
        remedy: "divide the lines"
      )
    }
    return try SymbolOptions.data(
      of: task,
      usualBins: fitting,
      arguments,
      remedy: "the file needs lengths=\(fitting.map(String.init).joined(separator: ","))"
    )
  }
}
