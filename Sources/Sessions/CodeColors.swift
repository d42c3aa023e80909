import CommandLanguage
import Notebooks

extension Catalog {
  /// A function that finds the parts of a statement that an exported notebook colours.
  package var codeColors: @Sendable (String) -> [CodeColor] {
    { [commands] code in
      commands.parse(Source(name: "", text: code)).script.parts.map { part in
        CodeColor(part.range.lower..<part.range.upper, CodeColor.Kind(part.kind))
      }
    }
  }
}

extension CodeColor.Kind {
  fileprivate init(_ kind: SyntaxPart.Kind) {
    self =
      switch kind {
      case .comment: .comment
      case .keyword: .keyword
      case .command: .command
      case .option: .option
      case .variable: .variable
      case .number: .number
      case .string: .string
      }
  }
}
