import Foundation

/// Pairs of input and target from a text: an example a line, the two parted by a tab, each symbols without
/// blanks or words with blanks between them.
package struct PairFile: Sendable {
  /// What a symbol is.
  package enum Unit: String, CaseIterable, Sendable, Codable {
    case characters
    case words
  }

  /// One example.
  package struct Line: Sendable {
    /// The line of the file, from 1.
    package let number: Int
    package let input: [String]
    package let target: [String]
    /// The line as it stands, for the places of errors.
    fileprivate let text: String
  }

  /// Where the line of an example stands.
  package struct Place: Sendable {
    fileprivate let number: UInt32
    fileprivate let start: UInt32
    fileprivate let end: UInt32
  }

  package let unit: Unit
  /// A copy, so that nothing changes if the file does.
  private let bytes: [UInt8]
  private let places: [Place]

  /// The largest file, in bytes.
  private static let largest = 1 << 31
  /// The longest line, in bytes; sequences have a million symbols at most.
  private static let longestLine = 4 << 20

  /// The examples in the order of the file, taken from the text whenever they are asked for.
  package var lines: LazyMapCollection<[Place], Line> { places.lazy.map(line) }

  /// Reads the bytes of a file; blank lines are passed over.
  ///
  /// - Parameter unit: nil for words where any side has blanks, else characters.
  /// - Throws: `PairFileError` with line and column.
  package init(parsing file: Data, unit: Unit? = nil) throws(PairFileError) {
    guard file.count <= Self.largest else {
      throw PairFileError(line: nil, column: nil, "it has more than two gigabytes", "divide it")
    }
    let bytes = [UInt8](file)
    var places: [Place] = []
    places.reserveCapacity(1 + bytes.count { $0 == UInt8(ascii: "\n") })
    var hasBlanks = false
    var number = 0
    var start = 0
    while start <= bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      number += 1
      guard end - start <= Self.longestLine else {
        throw PairFileError(
          line: number,
          column: nil,
          "it is longer than \(Self.longestLine >> 20) MiB",
          Self.form
        )
      }
      guard let text = String(validating: bytes[start..<end], as: UTF8.self) else {
        throw PairFileError(line: number, column: nil, "it is not UTF-8", "save the file as UTF-8")
      }
      let row = Self.row(text, number)
      if !row.allSatisfy(\.isWhitespace) {
        let (input, target) = try Self.sides(of: row, number)
        hasBlanks =
          hasBlanks || input.contains(where: \.isWhitespace)
          || target.contains(where: \.isWhitespace)
        let offset = UInt32(start)
        places.append(
          Place(number: UInt32(number), start: offset, end: offset + UInt32(end - start))
        )
      }
      start = end + 1
    }
    guard !places.isEmpty else {
      throw PairFileError(line: nil, column: nil, "there is no example in it", Self.form)
    }
    self.unit = unit ?? (hasBlanks ? .words : .characters)
    self.bytes = bytes
    self.places = places
  }

  private func line(_ place: Place) -> Line {
    let number = Int(place.number)
    let text = String(decoding: bytes[Int(place.start)..<Int(place.end)], as: UTF8.self)
    // It was read before without a fault.
    guard let (input, target) = try? Self.sides(of: Self.row(text, number), number) else {
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

  /// A line without the mark that some programs begin files with.
  private static func row(_ text: String, _ number: Int) -> Substring {
    number == 1 && text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
  }

  private static let form = "an example a line: the input, a tab, the target"

  private static func sides(
    of row: Substring,
    _ number: Int
  ) throws(PairFileError) -> (input: Substring, target: Substring) {
    let row = row.last == "\r" || row.last == "\r\n" ? row.dropLast() : row
    let sides = row.split(separator: "\t", omittingEmptySubsequences: false)
    guard sides.count > 1 else {
      throw PairFileError(
        line: number,
        column: row.count + 1,
        "there is no tab between input and target",
        form
      )
    }
    guard sides.count == 2 else {
      let column = sides[0].count + sides[1].count + 2
      throw PairFileError(line: number, column: column, "there is a second tab", form)
    }
    for (side, column) in zip(sides, [1, sides[0].count + 2])
    where side.allSatisfy(\.isWhitespace) {
      let name = column == 1 ? "input" : "target"
      throw PairFileError(line: number, column: column, "the \(name) is empty", form)
    }
    return (trimmed(sides[0]), trimmed(sides[1]))
  }

  /// A side without blanks at its end, which nobody means.
  private static func trimmed(_ side: Substring) -> Substring {
    side.lastIndex { !$0.isWhitespace }.map { side[...$0] } ?? ""
  }

  /// The symbols of one side in the order of their code points.
  package func alphabet(of side: KeyPath<Line, [String]>) -> Alphabet {
    let symbols = lines.reduce(into: Set<String>()) { $0.formUnion($1[keyPath: side]) }
    return Alphabet(
      symbols.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    )
  }

  /// The numbers of one side of a line.
  ///
  /// - Throws: `PairFileError` at the first symbol that the alphabet lacks.
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
  /// The character of the line, from 1, at which a symbol begins.
  private func column(of symbol: Int, onTarget: Bool, in line: Line) -> Int {
    let sides = line.text.split(separator: "\t", omittingEmptySubsequences: false)
    let side = onTarget ? sides[1] : sides[0]
    let before = onTarget ? sides[0].count + 1 : 0
    guard unit == .words else { return before + symbol + 1 }
    let word = side.split(whereSeparator: \.isWhitespace)[symbol]
    return before + side.distance(from: side.startIndex, to: word.startIndex) + 1
  }
}

/// What is wrong with a file of pairs, and where.
package struct PairFileError: Error, Equatable {
  /// The line, from 1; nil where it is about the whole file.
  package let line: Int?
  /// The character of the line, from 1, where one can be named.
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
