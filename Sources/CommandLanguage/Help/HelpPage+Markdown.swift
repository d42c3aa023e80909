extension HelpPage {
  /// Returns the page of a command in Markdown, with a heading at a level.
  package static func markdown(for declaration: CommandDeclaration, level: Int = 2) -> String {
    let signature = declaration.signature
    var parts = [
      heading(declaration.name, level: level),
      sentence(declaration.summary),
      code(declaration.synopsis),
    ]
    if let tail = signature.rawTail {
      parts.append("| argument | meaning |\n|---|---|\n| `\(tail.name)` | \(cell(tail.summary)) |")
    }
    parts.append(table("argument", rows(signature.positionals)))
    parts.append(table("option", rows(options: signature.options)))
    for group in signature.groups where !group.arguments.isEmpty {
      let rows = rows(group.positionals, options: group.options)
      parts += [title(of: group), table(group.positionals.isEmpty ? "option" : "argument", rows)]
    }
    parts.append(declaration.discussion)
    parts += declaration.examples.map(example)
    if !declaration.aliases.isEmpty {
      parts.append(
        "Also called " + declaration.aliases.map { "`\($0)`" }.joined(separator: ", ") + "."
      )
    }
    return join(parts)
  }

  /// Returns the page of a keyword in Markdown, with a heading at a level.
  package static func markdown(for page: KeywordPage, level: Int = 2) -> String {
    join(
      [
        heading(page.name, level: level), sentence(page.summary), code(page.synopsis),
        page.discussion,
      ] + page.examples.map(example)
    )
  }

  static func heading(_ text: String, level: Int) -> String {
    String(repeating: "#", count: level) + " " + text
  }

  static func join(_ parts: [String]) -> String {
    parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  static func code(_ text: String) -> String { "```\n\(text)\n```" }

  static func sentence(_ summary: String) -> String {
    summary.prefix(1).uppercased() + summary.dropFirst() + "."
  }

  private static func example(_ example: CommandDeclaration.Example) -> String {
    code("# \(example.explanation)\n\(example.code)")
  }

  private static func table(
    _ title: String,
    _ rows: [(term: String, text: String)]
  ) -> String {
    if rows.isEmpty { return "" }
    let lines = rows.map { "| `\(cell($0.term))` | \(cell($0.text)) |" }
    return (["| \(title) | meaning |", "|---|---|"] + lines).joined(separator: "\n")
  }

  /// Escapes a text for a table cell.
  private static func cell(_ text: String) -> String {
    text.replacing("|", with: "\\|").replacing("\n", with: " ")
  }
}
