import CommandLanguage
import Notebooks

extension OpenDocument {
  /// The headings of the prose, and below them the definitions in the code.
  var symbols: [DocumentSymbol] {
    var outline = Outline(lastLine: text.lines.count - 1)
    let names = definitions.map {
      (line: place(of: $0.definition.range.lower, in: $0.placed).line, $0)
    }
    var rest = names[...]
    for heading in headings {
      while let first = rest.first, first.line < heading.line {
        outline.add(symbol(of: first.1.definition, in: first.1.placed))
        rest.removeFirst()
      }
      let range = range(ofLines: heading.line..<heading.line + 1)
      outline.open(
        DocumentSymbol(
          name: heading.title,
          detail: nil,
          kind: .heading,
          range: range,
          selectionRange: range,
          children: []
        ),
        level: heading.level
      )
    }
    for (_, last) in rest { outline.add(symbol(of: last.definition, in: last.placed)) }
    return outline.finished { range(ofLines: $0..<$0 + 1).end }
  }

  private func symbol(
    of definition: Definition,
    in placed: DocumentAnalysis.Placed
  ) -> DocumentSymbol {
    let source = placed.source
    let kind: DocumentSymbol.Kind =
      switch definition.kind {
      case .variable: .variable
      case .parameter: .parameter
      case .model: .model
      case .statement: .statement
      }
    return DocumentSymbol(
      name: definition.name,
      detail: source.firstLine(of: definition.statement),
      kind: kind,
      range: range(of: definition.statement, in: placed),
      selectionRange: range(of: definition.range, in: placed),
      children: []
    )
  }

  /// The Markdown headings of the prose; in a script, those of comments at the start of a line.
  private var headings: [(line: Int, level: Int, title: String)] {
    var headings: [(line: Int, level: Int, title: String)] = []
    var isInCode = false
    for (index, line) in text.lines.enumerated() {
      guard line.hasPrefix("#"), analysis.piece(at: index) == nil else {
        isInCode = false
        continue
      }
      let prose = line.dropFirst().hasPrefix(" ") ? line.dropFirst(2) : line.dropFirst()
      if prose.hasPrefix("```") || prose.hasPrefix("~~~") { isInCode.toggle() }
      let signs = prose.prefix { $0 == "#" }
      let title = prose.dropFirst(signs.count)
      guard !isInCode, (1...6).contains(signs.count), title.hasPrefix(" ") else { continue }
      let words = title.split(separator: " ")
      if !words.isEmpty { headings.append((index, signs.count, words.joined(separator: " "))) }
    }
    return headings
  }
}

/// A builder of nested headings with the symbols below them.
private struct Outline {
  private let lastLine: Int
  private var top: [DocumentSymbol] = []
  /// The open headings, outermost first.
  private var open: [(symbol: DocumentSymbol, level: Int)] = []

  /// - Parameter lastLine: the last line of the document.
  init(lastLine: Int) { self.lastLine = lastLine }

  mutating func add(_ symbol: DocumentSymbol) {
    if open.isEmpty {
      top.append(symbol)
    } else {
      open[open.count - 1].symbol.children.append(symbol)
    }
  }

  mutating func open(_ symbol: DocumentSymbol, level: Int) {
    close(downTo: level, at: symbol.range.start.line - 1)
    open.append((symbol, level))
  }

  /// Returns the outermost symbols; a heading extends to the next one of its level or of an outer one.
  ///
  /// - Parameter end: returns the position of the end of a line.
  func finished(_ end: (Int) -> Position) -> [DocumentSymbol] {
    var copy = self
    copy.close(downTo: 0, at: lastLine)
    return copy.top.map { Self.extended($0, end) }
  }

  private mutating func close(downTo level: Int, at line: Int) {
    while let last = open.last, last.level >= level {
      var symbol = last.symbol
      symbol.range.end = Position(line: max(line, symbol.range.end.line), character: 0)
      open.removeLast()
      add(symbol)
    }
  }

  /// Returns the symbol, extended to the end of its last line if it is a heading.
  private static func extended(
    _ symbol: DocumentSymbol,
    _ end: (Int) -> Position
  ) -> DocumentSymbol {
    var symbol = symbol
    if symbol.kind == .heading { symbol.range.end = end(symbol.range.end.line) }
    symbol.children = symbol.children.map { extended($0, end) }
    return symbol
  }
}
