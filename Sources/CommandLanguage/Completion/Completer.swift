/// Finds the completions at the end of a text; reads declarations and values, and evaluates nothing.
package struct Completer {
  private let commands: [CommandDeclaration]
  private let variables: VariableTable
  private let host: any CompletionHost
  private let rawTailCommands: Set<String>

  /// Makes a completer for a set of commands, the variables that are set, and the statements that are defined.
  package init<Host>(
    registry: CommandRegistry<Host>,
    variables: VariableTable,
    defined: [CommandDeclaration] = [],
    host: any CompletionHost
  ) {
    commands = registry.declarations + defined
    rawTailCommands = registry.rawTailCommands
    self.variables = variables
    self.host = host
  }

  /// Returns the completions at the end of a text.
  package func completion(of text: String) -> Completion {
    let bytes = Array(text.utf8)
    let place = CompletionReader.place(atEndOf: bytes, rawTailCommands: rawTailCommands)
    if let reference = OpenReference(atEndOf: bytes, in: place) {
      var known = variables
      for name in Self.blockNames(in: bytes) where known[name] == nil { known[name] = .nothing }
      return make(reference.start, bytes, reference.candidates(in: known))
    }
    switch place {
    case .unknown: return make(bytes.count, bytes, [])
    case .statement(let start, let isValue):
      // At the start of a line, a command is expected; a value may begin with anything.
      let hasWords = isValue || start < bytes.count
      let words = hasWords ? expressionWords.filter { !["and", "or"].contains($0.text) } : []
      return make(start, bytes, statements(isValue: isValue) + words)
    case .expression(let start): return make(start, bytes, expressionWords)
    case .tail(let command, let start):
      guard let signature = declaration(of: command)?.signature else {
        return make(bytes.count, bytes, [])
      }
      let words = signature.rawTail?.namesOf.map(names) ?? []
      guard signature.hasTailOptions else {
        return make(words.isEmpty ? bytes.count : start, bytes, words)
      }
      return completion(ofTailFrom: start, words, signature, bytes)
    case .argument(let argument): return completion(of: argument, bytes)
    }
  }

  /// Returns the names after `for`, those in the parentheses after `def`, and the options of commands, in a text that
  /// may be unfinished and therefore cannot be parsed.
  private static func blockNames(in bytes: [UInt8]) -> [String] {
    var cursor = Cursor(bytes)
    var names: [String] = []
    while !cursor.isAtEnd {
      guard cursor.isNamePart(at: cursor.offset, inside: false) else {
        cursor.advance()
        continue
      }
      let word = cursor.takeName()
      if let word, cursor.byte == ASCII.equals {
        names.append(word)
        continue
      }
      guard word == "for" || word == "def", cursor.skipBlanks() else { continue }
      if word == "def" {
        _ = cursor.takeName(hyphens: true)
        guard cursor.take(ASCII.openParenthesis) else { continue }
        cursor.skipBlanks()
      }
      while let name = cursor.takeName() {
        names.append(name)
        cursor.skipBlanks()
        guard cursor.take(ASCII.comma) else { break }
        cursor.skipBlanks()
      }
    }
    return names
  }

  /// Returns the candidates that begin with the text from `start` on.
  private func make(
    _ start: Int,
    _ bytes: [UInt8],
    _ candidates: [Completion.Candidate]
  ) -> Completion {
    let range = SourceRange(start, bytes.count)
    let typed = String(decoding: bytes[start...], as: UTF8.self)
    var seen: Set<String> = []
    let fitting = candidates.filter {
      // A path that needs quotes replaces its unquoted beginning.
      ($0.text.hasPrefix(typed) || $0.text.hasPrefix("\"" + typed)) && seen.insert($0.text).inserted
    }
    return Completion(range: range, candidates: fitting)
  }

  private func declaration(of command: String) -> CommandDeclaration? {
    commands.first { $0.name == command || $0.aliases.contains(command) }
  }

  // MARK: Words

  private func statements(isValue: Bool) -> [Completion.Candidate] {
    let keywords = isValue ? [] : KeywordPage.all
    return commands.map { .init($0.name, summary: $0.summary) }
      + keywords.map { .init($0.name, summary: $0.summary) }
  }

  private var expressionWords: [Completion.Candidate] {
    BuiltinFunction.allCases.map {
      .init($0.rawValue + "(", summary: $0.summary, isWhole: false)
    }
      + ReservedWord.allCases.map { .init($0.rawValue) }
  }

  private func names(of thing: String) -> [Completion.Candidate] {
    host.names(of: thing).map { .init($0.name, summary: $0.summary) }
  }

  // MARK: Arguments

  private func completion(
    of argument: CompletionPlace.Argument,
    _ bytes: [UInt8]
  ) -> Completion {
    guard let declaration = declaration(of: argument.command) else {
      return make(bytes.count, bytes, [])
    }
    let signature = declaration.signature
    let word = String(decoding: bytes[argument.start...], as: UTF8.self)
    if let option = CallWords.optionName(of: word) {
      let declared = CallWords.declarations(of: option, behind: argument.before, in: signature)
      guard let parameter = declared.first else { return make(bytes.count, bytes, []) }
      return values(of: parameter, from: argument.start + option.utf8.count + 1, bytes)
    }
    let given = Set(argument.before.compactMap(CallWords.optionName))
    let place = CallWords.positional(behind: argument.before, of: signature)
    let scope = CallWords.scope(of: argument.before, signature)
    let options = signature.options(in: scope).filter { !given.contains($0.name) }.map {
      Completion.Candidate("\($0.name)=", summary: $0.summary, isWhole: false)
    }
    guard let place else { return make(argument.start, bytes, options) }
    let values = values(of: place, from: argument.start, bytes)
    // In the middle of a list, only its elements fit; required arguments come before options.
    let isFirst = place.occurrence == .required && !values.candidates.isEmpty
    guard values.range.lower == argument.start, !isFirst else { return values }
    let all = make(argument.start, bytes, options)
    return Completion(range: values.range, candidates: values.candidates + all.candidates)
  }

  /// Returns the completions of the last word of a raw tail with options.
  private func completion(
    ofTailFrom start: Int,
    _ names: [Completion.Candidate],
    _ signature: Signature,
    _ bytes: [UInt8]
  ) -> Completion {
    let tail = String(decoding: bytes[start...], as: UTF8.self)
    let words = tail.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let word = words.last ?? ""
    let begin = bytes.count - word.utf8.count
    if let option = CallWords.optionName(of: word) {
      guard let parameter = signature.declarations(of: option).first else {
        return make(bytes.count, bytes, [])
      }
      return values(of: parameter, from: begin + option.utf8.count + 1, bytes)
    }
    let given = Set(words.compactMap(CallWords.optionName))
    let options = signature.options.filter { !given.contains($0.name) }.map {
      Completion.Candidate("\($0.name)=", summary: $0.summary, isWhole: false)
    }
    let isFirst = words.dropLast().allSatisfy { $0.isEmpty || CallWords.optionName(of: $0) != nil }
    return make(begin, bytes, (isFirst ? names : []) + options)
  }

  /// Returns the completions of a parameter's value that begins at `start`.
  private func values(
    of parameter: Signature.Parameter,
    from start: Int,
    _ bytes: [UInt8]
  ) -> Completion {
    var kind = parameter.kind
    var start = start
    var taken: Set<String> = []
    if case .list(let element) = kind {
      kind = element
      let text = String(decoding: bytes[start...], as: UTF8.self)
      if let comma = text.lastIndex(of: ",") {
        taken = Set(text[..<comma].split(separator: ",").map(String.init))
        start += text[...comma].utf8.count
      }
    }
    let typed = String(decoding: bytes[start...], as: UTF8.self)
    let candidates: [Completion.Candidate]
    switch kind {
    case .choice(let choices): candidates = choices.map { .init($0) }
    case .boolean: candidates = [.init("on"), .init("off")]
    case .interval: candidates = [.init("every")]
    case .name(let thing): candidates = names(of: thing)
    case .variableName: candidates = variables.names.map { .init($0) }
    case .fileToRead(let extensions, let thing):
      candidates = (thing.map(names) ?? []) + paths(typed, extensions: extensions)
    case .fileToWrite(let extensions): candidates = paths(typed, extensions: extensions)
    case .directory: candidates = paths(typed, extensions: nil)
    case .word, .text, .number, .integer, .powerOfTwo, .list, .lengths, .table, .value:
      candidates = []
    }
    return make(start, bytes, candidates.filter { !taken.contains($0.text) })
  }

  // MARK: Paths

  /// Returns paths, in quotes if a quote is open or the path needs quotes.
  private func paths(_ typed: String, extensions: [String]?) -> [Completion.Candidate] {
    let quote = typed.first.flatMap { $0 == "\"" || $0 == "'" ? String($0) : nil }
    let start = quote == nil ? typed : String(typed.dropFirst())
    return host.paths(beginningWith: start, extensions: extensions).compactMap { path in
      let isDirectory = path.hasSuffix("/")
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let label = isDirectory ? name + "/" : name
      let needsQuotes = !Self.isBareWord(path)
      guard quote != nil || needsQuotes else {
        return .init(path, label: label, isWhole: !isDirectory)
      }
      let mark = quote ?? "\""
      // Between single quotes nothing is special; between double quotes a few characters are.
      let special = mark == "'" ? "'\n" : "\"\\$\n"
      guard !path.contains(where: { special.contains($0) }) else { return nil }
      return .init(mark + path + (isDirectory ? "" : mark), label: label, isWhole: !isDirectory)
    }
  }

  private static func isBareWord(_ path: String) -> Bool {
    let cursor = Cursor(Array(path.utf8))
    var offset = 0
    while offset < cursor.bytes.count {
      let length = cursor.wordLength(at: offset, inside: offset > 0)
      if length == 0 { return false }
      offset += length
    }
    return true
  }
}
