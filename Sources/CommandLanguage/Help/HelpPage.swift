/// Renders the help page of a command or keyword.
package enum HelpPage {
  /// Returns the page of a command in lines of at most `width` columns.
  package static func text(for declaration: CommandDeclaration, width: Int) -> String {
    var sections = [
      heading(declaration.name, declaration.summary, width: width)
        + synopsis(declaration.synopsisParts, width: width)
    ]
    let signature = declaration.signature
    if let tail = signature.rawTail {
      sections.append(
        ["Argument:"]
          + TextLayout.table([(tail.name, tail.summary)], width: width)
      )
    }
    sections.append(table("Arguments:", rows(signature.positionals), width: width))
    sections.append(table("Options:", rows(options: signature.options), width: width))
    sections += signature.groups.map { group in
      table(title(of: group), rows(group.positionals, options: group.options), width: width)
    }
    sections.append(TextLayout.paragraphs(declaration.discussion, width: width))
    sections.append(examples(declaration.examples))
    if !declaration.aliases.isEmpty {
      sections.append([
        "Also called \(declaration.aliases.map { "`\($0)`" }.joined(separator: ", "))."
      ])
    }
    return join(sections)
  }

  /// Returns the page of a keyword in lines of at most `width` columns.
  package static func text(for page: KeywordPage, width: Int) -> String {
    join([
      heading(page.name, page.summary, width: width)
        + synopsis(page.synopsis.split(separator: " ").map(String.init), width: width),
      TextLayout.paragraphs(page.discussion, width: width),
      examples(page.examples),
    ])
  }

  // MARK: Sections

  private static func heading(_ name: String, _ summary: String, width: Int) -> [String] {
    let words = "\(name) – \(summary)".split(separator: " ").map(String.init)
    return TextLayout.wrap(words, width: width) + [""]
  }

  private static func synopsis(_ parts: [String], width: Int) -> [String] {
    let hanging = 3 + (parts.first?.count ?? 0)
    return TextLayout.wrap(parts, width: width, indent: 2, hanging: hanging)
  }

  private static func table(
    _ title: String,
    _ rows: [(term: String, text: String)],
    width: Int
  ) -> [String] {
    if rows.isEmpty { return [] }
    let heading = TextLayout.wrap(title.split(separator: " ").map(String.init), width: width)
    return heading + TextLayout.table(rows, width: width)
  }

  /// Returns a row for each positional argument and option: its notation and its explanation.
  static func rows(
    _ positionals: [Signature.Parameter] = [],
    options: [Signature.Parameter] = []
  ) -> [(term: String, text: String)] {
    positionals.map { (term: $0.name, text: explanation(of: $0)) }
      + options.map { (term: "\($0.name)=\($0.kind.placeholder)", text: explanation(of: $0)) }
  }

  /// Returns the heading of a group of options.
  static func title(of group: ScopedOptions) -> String { "Options for \(group.subject):" }

  /// Returns the summary of an argument with its values, unit and default.
  package static func explanation(of parameter: Signature.Parameter) -> String {
    var facts: [String] = []
    if let unit = parameter.unit { facts.append("in \(unit)") }
    switch parameter.kind {
    case .number(let bounds) where bounds != .any: facts.append(bounds.description)
    case .integer(let bounds) where bounds != .any: facts.append(bounds.description)
    case .interval(let bounds) where bounds != .any: facts.append(bounds.description)
    case .powerOfTwo: facts.append(parameter.kind.expectation)
    case .choice(let choices) where parameter.kind.placeholder.contains("|") && choices.count > 1:
      break
    case .choice, .list(of: .choice), .lengths: facts.append(parameter.kind.expectation)
    default: break
    }
    if parameter.occurrence == .required { facts.append("required") }
    if let text = parameter.defaultText { facts.append("default \(text)") }
    return parameter.summary + (facts.isEmpty ? "" : " (" + facts.joined(separator: "; ") + ")")
  }

  private static func examples(_ examples: [CommandDeclaration.Example]) -> [String] {
    if examples.isEmpty { return [] }
    return ["Examples:"]
      + examples.flatMap { example in
        ["  # \(example.explanation)"]
          + example.code.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
      }
  }

  private static func join(_ sections: [[String]]) -> String {
    sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
  }
}
