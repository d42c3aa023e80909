/// The text of a raw tail, split into the text that is passed on and the options in it.
struct TailOptions {
  /// The text without the options.
  private(set) var text = ""
  /// The options in order; each has the range of its word, or of the whole tail if that is uncertain.
  private(set) var arguments: [CommandCall.Argument] = []

  private static let mostOptions = 100

  /// Splits a text; every word `name=value` is an option, whatever its name.
  ///
  /// - Parameters:
  ///   - raw: the text, with variables replaced.
  ///   - range: the range of the tail in its source.
  /// - Throws: A diagnostic if an option has no readable value, or if there are too many options.
  init(_ raw: String, at range: SourceRange, in source: Source) throws(Diagnostic) {
    var words: [String] = []
    for word in Self.words(of: raw) {
      var cursor = Cursor(Array(word.utf8))
      guard let name = cursor.takeName(hyphens: true), cursor.take(ASCII.equals) else {
        words.append(word)
        continue
      }
      let place = Self.place(of: word, in: range, of: source)
      guard arguments.count < Self.mostOptions else {
        throw Diagnostic(
          "more than \(Self.mostOptions) options",
          source: source,
          range: place,
          remedy: "give each once"
        )
      }
      guard !cursor.isAtEnd else {
        throw Diagnostic(.optionWithoutValue(option: name), source: source, range: place)
      }
      let value: ValueExpression
      do {
        value = try Parser.parseValue(
          Source(
            name: source.name,
            text: String(decoding: cursor.bytes[cursor.offset...], as: UTF8.self)
          )
        )
      } catch {
        throw Diagnostic(error.message, source: source, range: place, remedy: error.remedy)
      }
      arguments.append(
        CommandCall.Argument(
          name: Identifier(text: name, range: place),
          value: ValueExpression(kind: value.kind, range: place)
        )
      )
    }
    text = words.joined(separator: " ")
  }

  /// Splits a text into words at whitespace outside quotes.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character.isWhitespace {
        if !word.isEmpty { words.append(word) }
        word = ""
        continue
      }
      word.append(character)
    }
    return word.isEmpty ? words : words + [word]
  }

  /// Returns the range of a word; the whole range unless the word occurs there exactly once as it is.
  private static func place(
    of word: String,
    in range: SourceRange,
    of source: Source
  ) -> SourceRange {
    let bytes = Array(word.utf8)
    let last = range.upper - bytes.count
    guard range.lower <= last else { return range }
    let starts = (range.lower...last).filter {
      source.bytes[$0..<$0 + bytes.count].elementsEqual(bytes)
    }
    guard starts.count == 1, let start = starts.first else { return range }
    return SourceRange(start, start + bytes.count)
  }
}
