/// What the words of a call are before they are parsed, for completion and help.
enum CallWords {
  /// `rate` of `rate=1e-3`, nothing of a word that is no option.
  static func optionName(of word: String) -> String? {
    var cursor = Cursor(Array(word.utf8))
    guard let name = cursor.takeName(hyphens: true), cursor.byte == ASCII.equals else { return nil }
    return name
  }

  /// The positional arguments among words; `64..4096 by *2` is one, `checkpoint=every 500` none.
  static func positionals(in words: [String]) -> [String] {
    var found: [String] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      let isRange = word.contains("..")
      if isRange, rest.first == "by" { rest = rest.dropFirst(2) }
      if word.hasSuffix("=every") { rest = rest.dropFirst() }
      if optionName(of: word) == nil { found.append(word) }
    }
    return found
  }

  /// The argument that a word without a name behind some words is; nothing when all are given.
  static func positional(behind words: [String], of signature: Signature) -> Signature.Parameter? {
    let given = Set(words.compactMap(optionName))
    let places = signature.positionals(in: scope(of: words, signature)).filter {
      !given.contains($0.name)
    }
    let index = positionals(in: words).count
    if index < places.count { return places[index] }
    return places.last.flatMap { $0.occurrence == .repeating ? $0 : nil }
  }

  /// The declarations of the argument that a word begins to give by its name.
  static func declarations(
    of name: String,
    behind words: [String],
    in signature: Signature
  ) -> [Signature.Parameter] {
    signature.positionals.filter { $0.name == name }
      + signature.declarations(of: name, in: scope(of: words, signature))
  }

  /// What the words of a call say about which options apply; while nothing says it, all may.
  static func scope(of words: [String], _ signature: Signature) -> Signature.Scope {
    guard let first = signature.positionals.first, case .choice(let choices) = first.kind else {
      return .unknown
    }
    let named = words.first { optionName(of: $0) == first.name }
      .map { String($0.dropFirst(first.name.count + 1)) }
    guard let value = named ?? positionals(in: words).first, choices.contains(value) else {
      return .unknown
    }
    return .value(value)
  }
}
