/// A `key: value` line: a key of letters, digits, `-` and `_` that begins with a letter.
package struct HeaderLine: Sendable {
  /// The text before the colon.
  package let key: String
  /// The text after the colon, without outer blanks.
  package let value: String

  /// Reads a line; nil if it is not a header line.
  ///
  /// - Parameter text: the line's bytes, without its ending.
  package init?(_ text: some BidirectionalCollection<UInt8>) {
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")), text.first?.isLetter ?? false else {
      return nil
    }
    let isKey = text[..<colon].allSatisfy {
      $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
    }
    guard isKey else { return nil }
    key = String(decoding: text[..<colon], as: UTF8.self)
    value =
      String(decoding: text[text.index(after: colon)...], as: UTF8.self).withoutOuterBlanks
  }
}

extension Notebook {
  static let environmentKey = "environment"

  /// The header lines in order; a key may occur more than once.
  package var header: [HeaderLine] {
    headerRange.compactMap { HeaderLine(lines[$0].text.utf8) }
  }

  /// Returns the values of a header key, in order.
  package func headerValues(of key: String) -> [String] {
    header.filter { $0.key == key }.map(\.value)
  }

  /// The environment in which the recorded output was made.
  package var environment: String? { headerValues(of: Self.environmentKey).first }

  /// Writes the environment and the facts into the header and leaves its other lines unchanged.
  ///
  /// An existing key keeps its place; a new environment line goes first, other new lines last. A fact
  /// with an empty value only removes its lines.
  mutating func setHeader(environment: String, facts: [(key: String, value: String)]) {
    replaceHeader(Self.environmentKey, with: [environment], insertingAt: 1)
    var keys: [String] = []
    for fact in facts where !keys.contains(fact.key) { keys.append(fact.key) }
    for key in keys {
      let values = facts.filter { $0.key == key && !$0.value.isEmpty }.map(\.value)
      replaceHeader(key, with: values, insertingAt: headerRange.upperBound)
    }
  }

  private var headerRange: Range<Int> {
    1..<(lines.dropFirst().firstIndex { $0.kind != .header } ?? lines.count)
  }

  private mutating func replaceHeader(_ key: String, with values: [String], insertingAt end: Int) {
    precondition(HeaderLine("\(key):".utf8) != nil, "a header key of letters, digits, - and _")
    let old = headerRange.filter { HeaderLine(lines[$0].text.utf8)?.key == key }
    let texts = values.map { value in
      "\(key): \(value.textLines.joined(separator: " ").withoutOuterBlanks)"
    }
    for (index, text) in zip(old, texts) {
      lines[index] = NotebookLine(kind: .header, text: text, ending: lines[index].ending)
    }
    let place = old.last.map { $0 + 1 } ?? end
    insert(texts.dropFirst(old.count).map { (.header, $0) }, at: place)
    for index in old.dropFirst(texts.count).reversed() { lines.remove(at: index) }
  }

  /// Inserts lines before the line at index `place`, with the line ending of the line above.
  mutating func insert(_ new: [(kind: NotebookLine.Kind, text: String)], at place: Int) {
    guard !new.isEmpty else { return }
    let ending = ending(below: place - 1)
    lines[place - 1] = lines[place - 1].with(ending: ending)
    lines.insert(
      contentsOf: new.map { NotebookLine(kind: $0.kind, text: $0.text, ending: ending) },
      at: place
    )
  }
}
