import CommandLanguage
import Files
import Foundation
import Tasks
import Wording

/// The reading of pair files for `data file=` and `load`.
package enum PairData {
  /// A request of `data file=`.
  package struct Request {
    package var file: String
    /// The file of held-out examples; nil to hold out a share of the other file.
    package var test: String?
    package var unit: PairFile.Unit?
    /// The user's alphabets; nil to find them in the file.
    package var inputs: [String]?
    package var outputs: [String]?
    package var heldOut: Double
  }

  /// Reads files that `data file=` names.
  ///
  /// - Throws: a diagnostic about the option that named the file or an alphabet.
  package static func task(_ request: Request, seed: UInt64, in session: Session) throws -> PairTask
  {
    var files = [(option: PairOptions.file, name: request.file)]
    if let test = request.test { files.append((PairOptions.test, test)) }
    var all = try files.map { option, name in
      try Diagnostic.about(option) { try read(name, unit: request.unit, in: session) }
    }
    if Set(all.map(\.pairs.unit)).count > 1 {
      // One of the files has words.
      all = try zip(all, files).map { file, named in
        guard file.pairs.unit == .characters else { return file }
        let bytes = try session.bytes(of: named.name)
        return try located(named.name) { () throws(PairFileError) in
          (try PairFile(parsing: bytes, unit: .words), file.digest)
        }
      }
    }
    let unit = all[0].pairs.unit
    let inputs = try alphabet(
      request.inputs,
      of: \.input,
      all.map(\.pairs),
      about: PairOptions.inputs
    )
    let outputs = try alphabet(
      request.outputs,
      of: \.target,
      all.map(\.pairs),
      about: PairOptions.outputs
    )
    for alphabet in [inputs, outputs] where alphabet.symbols.count > Alphabet.largest {
      throw Diagnostic(
        "`\(request.file)` has \(grouped(alphabet.symbols.count)) different symbols on one side",
        about: PairOptions.file,
        remedy: "at most \(grouped(Alphabet.largest)) are possible; symbols=characters makes fewer"
      )
    }
    let description = PairTask.Description(
      file: request.file,
      digest: all[0].digest.hex,
      unit: unit,
      inputs: inputs,
      outputs: outputs,
      heldOut: request.heldOut,
      seed: seed,
      test: request.test.map { .init(file: $0, digest: all[1].digest.hex) }
    )
    let numbered = try zip(all, files).map { file, named in
      try Diagnostic.about(named.option) { try examples(file.pairs, named.name, description) }
    }
    return PairTask(description, numbered[0], test: request.test == nil ? nil : numbered[1])
  }

  /// Reads files that a checkpoint names; they must be unchanged.
  package static func task(_ description: PairTask.Description, in session: Session) throws
    -> PairTask
  {
    func examples(_ name: String, _ digest: String) throws -> PairExamples {
      let (pairs, found) = try read(name, unit: description.unit, in: session)
      guard found.hex == digest else {
        throw Diagnostic(
          "`\(name)` is not what it was when the model was trained on it",
          remedy: "`data file=\(description.file)` takes it as it is now"
        )
      }
      return try self.examples(pairs, name, description)
    }
    return PairTask(
      description,
      try examples(description.file, description.digest),
      test: try description.test.map { try examples($0.file, $0.digest) }
    )
  }

  private static func examples(
    _ pairs: PairFile,
    _ file: String,
    _ description: PairTask.Description
  ) throws(Diagnostic) -> PairExamples {
    try located(file) { () throws(PairFileError) in
      try PairExamples(
        pairs,
        inputs: Alphabet(description.inputs),
        outputs: Alphabet(description.outputs)
      )
    }
  }

  /// Returns the symbols of one side: the user's, or those that occur in the files.
  private static func alphabet(
    _ given: [String]?,
    of side: KeyPath<PairFile.Line, [String]>,
    _ files: [PairFile],
    about option: any NamedArgument
  ) throws -> Alphabet {
    if let given { return try checked(given, files[0].unit, about: option) }
    return PairFile.alphabet(of: side, files)
  }

  private static func read(
    _ file: String,
    unit: PairFile.Unit?,
    in session: Session
  ) throws -> (pairs: PairFile, digest: Digest) {
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

  /// Turns an error in a file into a diagnostic with its place.
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
