import CommandLanguage

/// The protocol's names for the parts of the language.
enum TokenList {
  /// The types in the order of `SyntaxPart.Kind`.
  static let types = SyntaxPart.Kind.allCases.map(name)

  /// Returns the index of a kind in the list.
  static func index(of kind: SyntaxPart.Kind) -> Int {
    SyntaxPart.Kind.allCases.firstIndex(of: kind) ?? 0
  }

  private static func name(of kind: SyntaxPart.Kind) -> String {
    switch kind {
    case .comment: "comment"
    case .keyword: "keyword"
    case .command: "function"
    case .option: "property"
    case .variable: "variable"
    case .number: "number"
    case .string: "string"
    }
  }
}

extension OpenDocument {
  /// The tokens of all code, five numbers each; parts that span several lines are split.
  var tokens: SemanticTokens {
    var data: [Int] = []
    var (lastLine, lastColumn) = (0, 0)
    for placed in analysis.pieces {
      let source = placed.source
      var counted = (line: -1, counter: ColumnCounter("", encoding: text.encoding))
      for part in placed.piece.parts {
        let first = source.lineIndex(at: part.range.lower)
        let last = source.lineIndex(at: max(part.range.lower, part.range.upper - 1))
        for index in first...last {
          let line = source.range(ofLine: index)
          let lower = max(part.range.lower, line.lower) - line.lower
          let upper = min(part.range.upper, line.upper) - line.lower
          guard lower < upper else { continue }
          let number = placed.firstLine + index
          if counted.line != number {
            counted = (number, ColumnCounter(text.lines[number], encoding: text.encoding))
          }
          let column = counted.counter.column(ofByte: lower)
          let length = counted.counter.column(ofByte: upper) - column
          let isSameLine = number == lastLine
          data += [
            number - lastLine, isSameLine ? column - lastColumn : column, length,
            TokenList.index(of: part.kind), 0,
          ]
          (lastLine, lastColumn) = (number, column)
        }
      }
    }
    return SemanticTokens(data: data)
  }
}
