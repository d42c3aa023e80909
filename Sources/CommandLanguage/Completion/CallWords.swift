/// The roles of the words of a call before they are parsed, for completion and help.
enum CallWords {
  /// Returns `rate` for `rate=1e-3`; nil for a word that is not an option.
  static func optionName(of word: String) -> String? {
    var cursor = Cursor(Array(word.utf8))
    guard let name = cursor.takeName(hyphens: true), cursor.byte == ASCII.equals else { return nil }
    return name
  }

  /// Returns the positional arguments among words; `64..4096 by *2` is one, `checkpoint=every 500` is none.
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

  /// Returns the parameter that a word without a name fills after the given words; nil if all are given.
  static func positional(behind words: [String], of signature: Signature) -> Signature.Parameter? {
    let given = Set(words.compactMap(optionName))
    let places = signature.positionals(in: scope(of: words, signature)).filter {
      !given.contains($0.name)
    }
    let index = positionals(in: words).count
    if index < places.count { return places[index] }
    return places.last.flatMap { $0.occurrence == .repeating ? $0 : nil }
  }

  /// Returns the declarations of the argument that a word begins to give by name.
  static func declarations(
    of name: String,
    behind words: [String],
    in signature: Signature
  ) -> [Signature.Parameter] {
    signature.positionals.filter { $0.name == name }
      + signature.declarations(of: name, in: scope(of: words, signature))
  }

  /// Returns the scope that the words of a call select; it is unknown, and all options may apply, until a word decides.
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
