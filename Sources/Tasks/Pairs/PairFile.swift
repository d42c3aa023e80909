import Files
import Foundation

/// Pairs of input and target from a text: one example per line, the two separated by a tab, each of symbols without
/// blanks or of words with blanks between them.
package struct PairFile: Sendable {
  /// The unit of text that is a symbol.
  package enum Unit: String, CaseIterable, Sendable, Codable {
    case characters
    case words
  }

  /// One example.
  package struct Line: Sendable {
    /// The number of the line in the file, from 1.
    package let number: Int
    package let input: [String]
    package let target: [String]
    /// The text of the line, for the columns of errors.
    fileprivate let text: String
  }

  /// The place of an example's line.
  package struct Place: Sendable {
    fileprivate let number: UInt32
    fileprivate let start: UInt32
    fileprivate let end: UInt32
  }

  package let unit: Unit
  /// A copy, so that changes of the file have no effect.
  private let bytes: [UInt8]
  private let places: [Place]

  /// The maximum size of a file, in bytes.
  private static let largest = 1 << 31
  /// The maximum length of a line, in bytes; sequences have at most a million symbols.
  private static let longestLine = 4 << 20

  /// The examples in the order of the file, parsed from the text on demand.
  package var lines: LazyMapCollection<[Place], Line> { places.lazy.map(line) }

  /// Remarks on lines that are left out because they are not examples, and on ignored parts of lines.
  package let remarks: LineRemarks

  /// Parses the bytes of a file; blank lines are skipped, and so is a first line that reads `input`, tab, `target`.
  ///
  /// - Parameter unit: nil for words if any side has blanks, else characters.
  /// - Throws: `PairFileError` if the file is too large, or no line is an example.
  package init(parsing file: Data, unit: Unit? = nil) throws(PairFileError) {
    guard file.count <= Self.largest else {
      throw PairFileError(line: nil, column: nil, "it has more than two gigabytes", "divide it")
    }
    let bytes = [UInt8](file)
    var places: [Place] = []
    places.reserveCapacity(1 + bytes.count { $0 == UInt8(ascii: "\n") })
    var hasBlanks = false
    var remarks = LineRemarks()
    var first: PairFileError?
    bytes.withUnsafeBytes { buffer in
      buffer.forEachTextLine { line in
        guard let base = buffer.baseAddress, let own = line.bytes.baseAddress, !line.isBlank,
          !Self.namesColumns(line)
        else { return }
        do throws(PairFileError) {
          let (input, target) = try Self.sides(of: line)
          hasBlanks =
            hasBlanks || input.contains(where: \.isWhitespace)
            || target.contains(where: \.isWhitespace)
          if line.bytes.count(where: { $0 == UInt8(ascii: "\t") }) > 1 {
            remarks.change(line.number, "what stands behind a second tab is passed over")
          }
          let start = UInt32(own - base)
          places.append(
            Place(
              number: UInt32(line.number),
              start: start,
              end: start + UInt32(line.bytes.count)
            )
          )
        } catch {
          first = first ?? error
          remarks.skip(line.number, error.message)
        }
      }
    }
    guard !places.isEmpty else {
      throw first
        ?? PairFileError(line: nil, column: nil, "there is no example in it", Self.form)
    }
    self.unit = unit ?? (hasBlanks ? .words : .characters)
    self.bytes = bytes
    self.places = places
    self.remarks = remarks
  }

  private func line(_ place: Place) -> Line {
    let number = Int(place.number)
    let text = String(decoding: bytes[Int(place.start)..<Int(place.end)], as: UTF8.self)
    // It has already been parsed without an error.
    guard let (input, target) = try? Self.sides(of: text[...], number) else {
      preconditionFailure("a line of a file of pairs has changed")
    }
    func symbols(_ side: Substring) -> [String] {
      unit == .words
        ? side.split(whereSeparator: \.isWhitespace).map(String.init)
        : side.map { String($0) }
    }
    return Line(
      number: number,
      input: symbols(input),
      target: symbols(target),
      text: "\(input)\t\(target)"
    )
  }

  /// Returns true if a line is the first one and names the columns, as `write` does.
  private static func namesColumns(_ line: TextLine) -> Bool {
    line.number == 1 && line.bytes.count < 1024 && line.isText
      && line.text.split(separator: "\t").prefix(2).map { $0.lowercased() } == ["input", "target"]
  }

  private static let form = "an example a line: the input, a tab, the target"

  private static func sides(
    of line: TextLine
  ) throws(PairFileError) -> (input: Substring, target: Substring) {
    guard line.bytes.count <= longestLine else {
      throw PairFileError(
        line: line.number,
        column: nil,
        "it is longer than \(longestLine >> 20) MiB",
        form
      )
    }
    guard line.isText else {
      throw PairFileError(
        line: line.number,
        column: nil,
        TextLine.notText,
        "save the file as UTF-8"
      )
    }
    return try sides(of: line.text[...], line.number)
  }

  private static func sides(
    of row: Substring,
    _ number: Int
  ) throws(PairFileError) -> (input: Substring, target: Substring) {
    let sides = row.split(separator: "\t", omittingEmptySubsequences: false)
    guard sides.count > 1 else {
      throw PairFileError(
        line: number,
        column: row.count + 1,
        "there is no tab between input and target",
        form
      )
    }
    for (side, column) in zip(sides, [1, sides[0].count + 2])
    where side.allSatisfy(\.isWhitespace) {
      let name = column == 1 ? "input" : "target"
      throw PairFileError(line: number, column: column, "the \(name) is empty", form)
    }
    return (trimmed(sides[0]), trimmed(sides[1]))
  }

  /// Returns a side without trailing blanks, which are never intended.
  private static func trimmed(_ side: Substring) -> Substring {
    side.lastIndex { !$0.isWhitespace }.map { side[...$0] } ?? ""
  }

  /// Returns the alphabet of one side of files, in the order of code points.
  package static func alphabet(
    of side: KeyPath<Line, [String]>,
    _ files: [PairFile]
  ) -> Alphabet {
    let symbols = files.reduce(into: Set<String>()) { symbols, file in
      for line in file.lines { symbols.formUnion(line[keyPath: side]) }
    }
    return Alphabet(
      symbols.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    )
  }

  /// Returns the numbers of the symbols on one side of a line.
  ///
  /// - Throws: `PairFileError` at the first symbol that is not in the alphabet.
  func numbers(
    of side: KeyPath<Line, [String]>,
    in line: Line,
    _ alphabet: Alphabet
  ) throws(PairFileError) -> [Int32] {
    var numbers: [Int32] = []
    for (index, symbol) in line[keyPath: side].enumerated() {
      guard let number = alphabet.number(of: symbol) else {
        let name = side == \Line.input ? "input" : "target"
        let place = unit == .words ? "word" : "character"
        throw PairFileError(
          line: line.number,
          column: column(of: index, onTarget: side == \Line.target, in: line),
          "`\(symbol)`, \(place) \(index + 1) of the \(name), is not in the alphabet",
          "add it to the alphabet, or leave the alphabet to be found"
        )
      }
      numbers.append(number)
    }
    return numbers
  }
}

extension PairFile {
  /// Returns the column of the line, from 1, at which a symbol begins.
  private func column(of symbol: Int, onTarget: Bool, in line: Line) -> Int {
    let sides = line.text.split(separator: "\t", omittingEmptySubsequences: false)
    let side = onTarget ? sides[1] : sides[0]
    let before = onTarget ? sides[0].count + 1 : 0
    guard unit == .words else { return before + symbol + 1 }
    let word = side.split(whereSeparator: \.isWhitespace)[symbol]
    return before + side.distance(from: side.startIndex, to: word.startIndex) + 1
  }
}

/// An error in a file of pairs, with its place.
package struct PairFileError: Error, Equatable {
  /// The line number, from 1; nil if the error concerns the whole file.
  package let line: Int?
  /// The column of the line, from 1; nil if none can be named.
  package let column: Int?
  package let message: String
  package let remedy: String

  init(line: Int?, column: Int?, _ message: String, _ remedy: String) {
    self.line = line
    self.column = column
    self.message = message
    self.remedy = remedy
  }
}
