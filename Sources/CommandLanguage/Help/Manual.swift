/// Renders help as a manual page, in roff's man macros.
package enum Manual {
  /// Returns a section with a title in capitals.
  package static func section(_ title: String, _ body: [String]) -> String {
    header(".SH", title.uppercased(), body)
  }

  /// Returns a subsection.
  package static func subsection(_ title: String, _ body: [String]) -> String {
    header(".SS", title, body)
  }

  private static func header(_ macro: String, _ title: String, _ body: [String]) -> String {
    let text = body.joined(separator: "\n")
    // A header starts a paragraph itself.
    let paragraph = ".PP\n"
    return "\(macro) \(quoted(title))\n"
      + (text.hasPrefix(paragraph) ? String(text.dropFirst(paragraph.count)) : text)
  }

  /// Returns the paragraphs of a text, which are separated by empty lines.
  package static func paragraphs(_ text: String) -> [String] {
    let parts = text.split(separator: "\n\n").map { part in
      part.split(separator: "\n").map { line(String($0)) }.joined(separator: "\n")
    }
    return parts.map { ".PP\n" + $0 }
  }

  /// Returns terms with their explanations.
  package static func terms(_ rows: [(term: String, text: String)]) -> [String] {
    rows.map { ".TP\n.B \(quoted($0.term))\n\(line($0.text))" }
  }

  /// Returns a text that is set verbatim.
  package static func literal(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      guarded(escaped(String($0)))
    }
    return ([".PP", ".in +4n", ".nf"] + lines + [".fi", ".in"]).joined(separator: "\n")
  }

  /// Returns the pages of all commands, keywords and topics, and the grammar.
  package static func sections(of help: HelpIndex) -> [String] {
    [section("commands of the shell", help.commands.map(page))]
      + [section("statements of the language", help.keywords.map(page))]
      + (help.pages.isEmpty ? [] : [section("topics", help.pages.map(page))])
      + [
        section(
          "grammar",
          [literal(Grammar.rules.map { "\($0.name) = \($0.definition)" }.joined(separator: "\n"))]
        )
      ]
  }

  /// Returns a line of running text, with text between backquotes in bold.
  package static func line(_ text: String) -> String {
    var result = ""
    var isBold = false
    for piece in text.split(separator: "`", omittingEmptySubsequences: false) {
      result += isBold ? "\\fB\(escaped(String(piece)))\\fR" : escaped(String(piece))
      isBold.toggle()
    }
    return guarded(result)
  }

  // MARK: Pages

  private static func page(_ command: CommandDeclaration) -> String {
    let signature = command.signature
    var rows = HelpPage.rows(signature.positionals)
    if let tail = signature.rawTail { rows.append((term: tail.name, text: tail.summary)) }
    let groups = signature.groups.filter { !$0.arguments.isEmpty }.flatMap { group in
      paragraphs(HelpPage.title(of: group))
        + terms(HelpPage.rows(group.positionals, options: group.options))
    }
    return subsection(
      command.name,
      [line(command.summary + "."), literal(command.synopsis)]
        + terms(rows + HelpPage.rows(options: signature.options)) + groups
        + paragraphs(command.discussion) + command.examples.map(example)
    )
  }

  private static func page(_ keyword: KeywordPage) -> String {
    subsection(
      keyword.name,
      [line(keyword.summary + "."), literal(keyword.synopsis)] + paragraphs(keyword.discussion)
        + keyword.examples.map(example)
    )
  }

  private static func page(_ topic: TopicPage) -> String {
    subsection(
      topic.topic,
      [line(topic.summary + ".")]
        + HelpPage.blocks(of: topic).flatMap { text, isLiteral in
          isLiteral ? [literal(text)] : paragraphs(text)
        }
    )
  }

  private static func example(_ example: CommandDeclaration.Example) -> String {
    literal("# \(example.explanation)\n\(example.code)")
  }

  // MARK: Characters

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
  }

  /// Returns a line that roff does not take as a request.
  private static func guarded(_ line: String) -> String {
    line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
  }

  private static func quoted(_ text: String) -> String {
    "\"" + escaped(text).replacing("\"", with: "\"\"") + "\""
  }
}
