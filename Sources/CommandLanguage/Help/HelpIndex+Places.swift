extension HelpIndex {
  /// Returns the help for the element at a place in a text: a command, an argument, a keyword, a function, or a topic
  /// such as a task.
  ///
  /// After the last word of a call, the element is the command. In comments, and where there is nothing to explain, the
  /// result is nil. The text may have errors.
  ///
  /// - Parameters:
  ///   - offset: the place, as the offset in UTF-8 bytes, from 0, of the byte after it.
  ///   - text: one or more statements.
  package func entry(at offset: Int, in text: String) -> HelpEntry? {
    let reading = reading(at: offset, in: text)
    let (bytes, cursor) = (reading.cursor.bytes, reading.cursor)
    switch reading.place {
    case .unknown: return nil
    case .statement(let start, _), .expression(let start):
      return entry(ofWord: cursor.text(from: start))
    case .tail(let command, let start):
      return entry(ofTail: lineEnd(from: start, in: bytes), of: command)
    case .argument(let argument):
      let isName = cursor.byte == ASCII.equals && cursor.byte(ahead: 1) != ASCII.equals
      return entry(of: cursor.text(from: argument.start) + (isName ? "=" : ""), in: argument)
    }
  }

  /// Returns the call that a place in a text belongs to, and the name of the argument there.
  ///
  /// The argument is nil if all are given.
  package func call(
    at offset: Int,
    in text: String
  ) -> (command: CommandDeclaration, argument: String?)? {
    let reading = reading(at: offset, in: text)
    switch reading.place {
    case .unknown, .statement, .expression: return nil
    case .tail(let name, let start):
      guard let command = command(named: name) else { return nil }
      let words = reading.cursor.text(from: start).split(separator: " ")
      let option = words.last.flatMap { CallWords.optionName(of: String($0)) }
      return (command, option ?? command.signature.rawTail?.name)
    case .argument(let argument):
      guard let command = command(named: argument.command) else { return nil }
      let entry = entry(of: reading.cursor.text(from: argument.start), in: argument)
      if case .argument(let parameters, _)? = entry { return (command, parameters.first?.name) }
      let place = CallWords.positional(behind: argument.before, of: command.signature)
      return (command, place?.name)
    }
  }

  /// Returns what is being written at a place, with the word there taken to its end; the cursor is after the word.
  private func reading(at offset: Int, in text: String) -> (place: CompletionPlace, cursor: Cursor)
  {
    var cursor = Cursor(Array(text.utf8))
    cursor.offset = min(max(offset, 0), cursor.bytes.count)
    let start = cursor.offset
    while cursor.isNamePart(at: cursor.offset, inside: true)
      || cursor.byte == ASCII.minus
        && cursor.isNamePart(at: cursor.offset + 1, inside: true)
    {
      cursor.advance(by: max(1, cursor.scalar(at: cursor.offset)?.length ?? 1))
    }
    if cursor.offset == start, let byte = cursor.byte, aliasSigns.contains(byte) {
      cursor.advance()
    }
    let typed = Array(cursor.bytes[..<cursor.offset])
    return (CompletionReader.place(atEndOf: typed, rawTailCommands: rawTailCommands), cursor)
  }

  /// The punctuation by which commands are called, such as `?`.
  private var aliasSigns: Set<UInt8> {
    Set(commands.flatMap(\.aliases).filter { $0.utf8.count == 1 }.flatMap(\.utf8))
  }

  private var rawTailCommands: Set<String> {
    Set(
      commands.filter { $0.signature.rawTail != nil }.flatMap { [$0.name] + $0.aliases }
    )
  }

  /// Returns the entry of a word that begins a statement or appears in an expression.
  private func entry(ofWord word: String) -> HelpEntry? {
    if let function = BuiltinFunction(rawValue: word) { return .function(function) }
    if let command = command(named: word) { return .command(command) }
    return Keyword(rawValue: word) == nil ? nil : entry(named: word)
  }

  private func lineEnd(from start: Int, in bytes: [UInt8]) -> String {
    let rest = bytes[start...]
    return String(decoding: rest.prefix { $0 != ASCII.newline }, as: UTF8.self)
  }

  /// Returns the topic that the tail of a call names, or else its command.
  private func entry(ofTail tail: String, of name: String) -> HelpEntry? {
    guard let command = command(named: name) else { return nil }
    guard command.signature.rawTail?.namesOf == HelpIndex.topicNames else {
      return .command(command)
    }
    let words = tail.split { $0 == " " || $0 == "\t" || $0 == "\r" }
    return entry(named: words.joined(separator: " ")) ?? .command(command)
  }

  /// Returns the topic that a value names, or else its argument, or else the command.
  private func entry(of word: String, in argument: CompletionPlace.Argument) -> HelpEntry? {
    guard let command = command(named: argument.command) else { return nil }
    if word.isEmpty { return .command(command) }
    let signature = command.signature
    var value = word
    var parameters: [Signature.Parameter]
    if let last = argument.before.last, last.hasSuffix("=every"),
      let option = CallWords.optionName(of: last)
    {
      let before = Array(argument.before.dropLast())
      parameters = CallWords.declarations(of: option, behind: before, in: signature)
    } else if let option = CallWords.optionName(of: word) {
      value = String(word.dropFirst(option.count + 1))
      parameters = CallWords.declarations(of: option, behind: argument.before, in: signature)
    } else {
      let positional = CallWords.positional(behind: argument.before, of: signature)
      parameters = positional.map { [$0] } ?? []
    }
    if let topic = pages.first(where: { page in
      page.name == value && parameters.contains { $0.name == page.sort }
    }) {
      return .topic(topic)
    }
    return parameters.isEmpty ? .command(command) : .argument(parameters, of: command)
  }
}
