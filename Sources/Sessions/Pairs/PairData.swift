import CommandLanguage
import Files
import Foundation
import Tasks
import Wording

/// Files of pairs as `data file=` and `load` read them.
package enum PairData {
  /// What `data` was told.
  package struct Request {
    package var file: String
    package var unit: PairFile.Unit?
    /// Alphabets given by the user; nil to find them in the file.
    package var inputs: [String]?
    package var outputs: [String]?
    package var heldOut: Double
  }

  /// Reads a file for the first time.
  ///
  /// - Throws: a diagnostic about the option that named the file or an alphabet.
  package static func task(_ request: Request, seed: UInt64, in session: Session) throws -> PairTask
  {
    let (pairs, digest) = try Diagnostic.about(PairOptions.file) {
      try read(request.file, unit: request.unit, in: session)
    }
    let inputs =
      try request.inputs.map { try checked($0, pairs.unit, about: PairOptions.inputs) }
      ?? pairs.alphabet(of: \.input)
    let outputs =
      try request.outputs.map { try checked($0, pairs.unit, about: PairOptions.outputs) }
      ?? pairs.alphabet(of: \.target)
    for alphabet in [inputs, outputs] where alphabet.symbols.count > Alphabet.largest {
      throw Diagnostic(
        "`\(request.file)` has \(grouped(alphabet.symbols.count)) different symbols on one side",
        about: PairOptions.file,
        remedy: "at most \(grouped(Alphabet.largest)) are possible; symbols=characters makes fewer"
      )
    }
    let description = PairTask.Description(
      file: request.file,
      digest: digest.hex,
      unit: pairs.unit,
      inputs: inputs,
      outputs: outputs,
      heldOut: request.heldOut,
      seed: seed
    )
    return try Diagnostic.about(PairOptions.file) {
      try located(request.file) { () throws(PairFileError) in try PairTask(description, pairs) }
    }
  }

  /// Reads a file that a checkpoint names; it must be what it was.
  package static func task(_ description: PairTask.Description, in session: Session) throws
    -> PairTask
  {
    let (pairs, digest) = try read(description.file, unit: description.unit, in: session)
    guard digest.hex == description.digest else {
      throw Diagnostic(
        "`\(description.file)` is not what it was when the model was trained on it",
        remedy: "`data file=\(description.file)` takes it as it is now"
      )
    }
    return try located(description.file) { () throws(PairFileError) in
      try PairTask(description, pairs)
    }
  }

  private static func read(
    _ file: String,
    unit: PairFile.Unit?,
    in session: Session
  ) throws -> (PairFile, Digest) {
    let bytes = try session.read(file)
    let pairs = try located(file) { () throws(PairFileError) in
      try PairFile(parsing: bytes, unit: unit)
    }
    try session.remark(pairs.remarks, on: file)
    return (pairs, bytes.withUnsafeBytes { Digest(of: $0) })
  }

  private static func checked(
    _ symbols: [String],
    _ unit: PairFile.Unit,
    about option: any NamedArgument
  ) throws(Diagnostic) -> Alphabet {
    let wrong = symbols.first { symbol in
      unit == .words ? symbol.isEmpty || symbol.contains(where: \.isWhitespace) : symbol.count != 1
    }
    if let wrong {
      throw Diagnostic(
        "`\(wrong)` in an alphabet is no single \(unit == .words ? "word" : "character")",
        about: option,
        remedy: "the symbols of the file are \(unit.rawValue); symbols= says otherwise"
      )
    }
    guard Set(symbols).count == symbols.count else {
      throw Diagnostic(
        "a symbol stands twice in an alphabet",
        about: option,
        remedy: "name each once"
      )
    }
    return Alphabet(symbols)
  }

  /// Gives an error of a file its place.
  private static func located<R>(
    _ file: String,
    _ body: () throws(PairFileError) -> R
  ) throws(Diagnostic) -> R {
    do {
      return try body()
    } catch {
      let place = [file] + [error.line, error.column].compactMap { $0.map(String.init) }
      throw Diagnostic("\(place.joined(separator: ":")): \(error.message)", remedy: error.remedy)
    }
  }
}
