/// A subject of help, with a page for a given width or in Markdown.
package enum HelpEntry: Sendable, Equatable {
  /// A command.
  case command(CommandDeclaration)
  /// An argument of a command; several declarations if other arguments decide which one applies.
  case argument([Signature.Parameter], of: CommandDeclaration)
  /// A function of expressions.
  case function(BuiltinFunction)
  /// A statement that is not a command.
  case keyword(KeywordPage)
  /// The language as a whole.
  case language
  /// All topics of one sort.
  case topics([TopicPage], of: String)
  /// A thing that commands work with, such as a task.
  case topic(TopicPage)

  /// Returns the page in lines of at most `width` columns.
  package func text(width: Int) -> String {
    switch self {
    case .command(let declaration): HelpPage.text(for: declaration, width: width)
    case .argument(let parameters, let declaration):
      HelpPage.text(for: parameters, of: declaration, width: width)
    case .function(let function):
      TextLayout.wrap(
        "\(function.synopsis) – \(function.summary)".split(separator: " ").map(String.init),
        width: width
      ).joined(separator: "\n")
    case .keyword(let page): HelpPage.text(for: page, width: width)
    case .language: Grammar.text(width: width)
    case .topics(let pages, let sort):
      ([TopicPage.list(of: sort) + ":"]
        + TextLayout.table(pages.map { ($0.name, $0.summary) }, width: width))
        .joined(separator: "\n")
    case .topic(let page): HelpPage.text(for: page, width: width)
    }
  }

  /// Returns the page in Markdown, with a heading at a level.
  package func markdown(level: Int = 2) -> String {
    switch self {
    case .command(let declaration): HelpPage.markdown(for: declaration, level: level)
    case .argument(let parameters, let declaration):
      HelpPage.markdown(for: parameters, of: declaration, level: level)
    case .function(let function):
      HelpPage.join([
        HelpPage.heading(function.synopsis, level: level), HelpPage.sentence(function.summary),
      ])
    case .keyword(let page): HelpPage.markdown(for: page, level: level)
    case .language: Grammar.markdown(level: level)
    case .topics(let pages, let sort):
      HelpPage.join([
        HelpPage.heading(TopicPage.list(of: sort), level: level),
        pages.map { "- `\($0.name)`: \($0.summary)" }.joined(separator: "\n"),
      ])
    case .topic(let page): HelpPage.markdown(for: page, level: level)
    }
  }
}

extension BuiltinFunction {
  /// The synopsis: `sqrt(a)`.
  package var synopsis: String { rawValue + parameters }

  private var parameters: String {
    switch self {
    case .record: "(name=a, …)"
    case .table: "(name=a, …)"
    case .group: "(table, column, …)"
    default:
      switch valueCount {
      case 1...1: "(a)"
      case 1...2: "(a[, b])"
      case 2...2: "(a, b)"
      default: "(a, b, …)"
      }
    }
  }
}

extension HelpPage {
  fileprivate static func text(
    for parameters: [Signature.Parameter],
    of declaration: CommandDeclaration,
    width: Int
  ) -> String {
    parameters.map { parameter in
      let line = "\(term(of: parameter, in: declaration)) – \(explanation(of: parameter))"
      return TextLayout.wrap(line.split(separator: " ").map(String.init), width: width)
        .joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  fileprivate static func markdown(
    for parameters: [Signature.Parameter],
    of declaration: CommandDeclaration,
    level: Int
  ) -> String {
    join(
      parameters.flatMap { parameter in
        [
          heading("`\(term(of: parameter, in: declaration))`", level: level),
          sentence(explanation(of: parameter)),
        ]
      }
    )
  }

  private static func term(
    of parameter: Signature.Parameter,
    in declaration: CommandDeclaration
  ) -> String {
    let isPositional = declaration.signature.allPositionals.contains(parameter)
    let placeholder = isPositional ? "" : "=" + parameter.kind.placeholder
    return "\(declaration.name) \(parameter.name)\(placeholder)"
  }
}
