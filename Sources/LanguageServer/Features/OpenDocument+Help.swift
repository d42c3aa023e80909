import CommandLanguage

extension OpenDocument {
  /// Returns the help for the element at a position: a command, an option, a variable, and so on.
  func hover(at position: Position) -> HoverResult? {
    guard let (placed, offset) = piece(at: position) else { return nil }
    let source = placed.source
    if let (place, definition) = named(at: offset, in: placed) {
      let line = place.firstLine + place.source.lineIndex(at: definition.statement.lower) + 1
      let text = place.source.firstLine(of: definition.statement)
      return HoverResult(contents: .markdown("```rse\n\(text)\n```\n\nLine \(line)."))
    }
    let isReference = NamePlace(at: offset, in: source.text)?.isReference ?? false
    guard !isReference else { return nil }
    return language.help.entry(at: offset, in: source.text).map { entry in
      HoverResult(contents: .markdown(entry.markdown(level: 3)))
    }
  }

  /// Returns the arguments of the call that a position belongs to.
  func signature(at position: Position) -> SignatureResult? {
    guard let (placed, offset) = piece(at: position) else { return nil }
    let text = placed.source.text
    guard let (command, argument) = language.help.call(at: offset, in: text) else { return nil }
    var parameters: [SignatureResult.Signature.Parameter] = []
    let parts = command.synopsisParts
    var start = parts[0].utf16.count + 1
    for (part, name) in zip(parts.dropFirst(), command.argumentNames) {
      let summary =
        command.signature.rawTail.flatMap { $0.name == name ? $0.summary : nil }
        ?? command.signature.declarations(of: name).first.map(HelpPage.explanation)
      parameters.append(
        .init(
          label: [start, start + part.utf16.count],
          documentation: summary.map { .markdown($0) }
        )
      )
      start += part.utf16.count + 1
    }
    let active = argument.flatMap { command.argumentNames.firstIndex(of: $0) }
    return SignatureResult(
      signatures: [
        .init(
          label: command.synopsis,
          documentation: .markdown(command.summary),
          parameters: parameters
        )
      ],
      activeParameter: active ?? parameters.count
    )
  }

  /// Returns the location where the variable, parameter, model or statement at a position is defined.
  func definition(at position: Position) -> Location? {
    guard let (placed, offset) = piece(at: position),
      let (place, definition) = named(at: offset, in: placed)
    else { return nil }
    return Location(uri: uri, range: range(of: definition.range, in: place))
  }

  /// Returns the definition of the name at a byte offset of a piece: the last one up to there, or else the first one.
  private func named(
    at offset: Int,
    in placed: DocumentAnalysis.Placed
  ) -> (placed: DocumentAnalysis.Placed, definition: Definition)? {
    if let own = placed.piece.definitions.first(where: {
      $0.range.lower <= offset && offset <= $0.range.upper
    }) {
      return (placed, own)
    }
    let text = placed.source.text
    let name: String
    let kinds: [Definition.Kind]
    if let place = NamePlace(at: offset, in: text), place.isReference {
      (name, kinds) = (place.name, [.variable, .parameter])
    } else if case .argument(let parameters, _)? = language.help.entry(at: offset, in: text),
      parameters.contains(where: \.namesModel)
    {
      (name, kinds) = (word(at: offset, in: text), [.model])
    } else {
      (name, kinds) = (word(at: offset, in: text), [.statement])
    }
    let all = definitions.filter {
      $0.definition.name == name && kinds.contains($0.definition.kind)
    }
    let here = place(of: offset, in: placed)
    return all.last { place(of: $0.definition.range.lower, in: $0.placed) <= here } ?? all.first
  }

  /// Returns the list element or value that contains a byte offset.
  private func word(at offset: Int, in text: String) -> String {
    let bytes = Array(text.utf8)
    let ends = Set(" \t\n,=;{}()\"'".utf8)
    var (start, end) = (offset, offset)
    while start > 0, !ends.contains(bytes[start - 1]) { start -= 1 }
    while end < bytes.count, !ends.contains(bytes[end]) { end += 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}

extension Signature.Parameter {
  /// True if the values of the parameter are model names.
  fileprivate var namesModel: Bool {
    kind == .name(of: "model") || kind == .list(of: .name(of: "model"))
  }
}
