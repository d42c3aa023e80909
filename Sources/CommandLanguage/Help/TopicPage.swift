/// What help says about something that commands work with, such as a task.
package struct TopicPage: Equatable, Sendable {
  /// The sort of thing: `task`. Its pages are found as `task NAME` and listed as `tasks`.
  package let sort: String

  /// Its name.
  package let name: String

  /// What it is, in one line without a full stop.
  package let summary: String

  /// More about it: paragraphs, which empty lines separate; lines that start with two blanks stay as they
  /// are.
  package let discussion: String

  /// Makes a page.
  package init(sort: String, name: String, summary: String, discussion: String) {
    self.sort = sort
    self.name = name
    self.summary = summary
    self.discussion = discussion
  }

  /// What help finds it under.
  package var topic: String { "\(sort) \(name)" }

  /// The topic of the list of all pages of a sort.
  static func list(of sort: String) -> String { sort + "s" }
}

extension HelpPage {
  /// The page of a topic as lines of at most `width` columns.
  package static func text(for page: TopicPage, width: Int) -> String {
    let title = "\(page.topic) – \(page.summary)".split(separator: " ").map(String.init)
    let lines =
      TextLayout.wrap(title, width: width) + [""]
      + TextLayout.paragraphs(page.discussion, width: width)
    return lines.joined(separator: "\n")
  }

  /// The page of a topic in Markdown, with a heading of a level.
  package static func markdown(for page: TopicPage, level: Int = 2) -> String {
    let summary = page.summary.prefix(1).uppercased() + page.summary.dropFirst() + "."
    return join([heading(page.topic, level: level), summary] + blocks(of: page).map(block))
  }

  /// The paragraphs of a page and between them its lines that stay as they are.
  static func blocks(of page: TopicPage) -> [(text: String, isLiteral: Bool)] {
    page.discussion.split(separator: "\n\n").map { part in
      let lines = part.split(separator: "\n", omittingEmptySubsequences: false)
      let isLiteral = lines.allSatisfy { $0.hasPrefix("  ") }
      let text = lines.map { isLiteral ? $0.dropFirst(2) : $0 }.joined(separator: "\n")
      return (text, isLiteral)
    }
  }

  private static func block(_ text: String, isLiteral: Bool) -> String {
    isLiteral ? code(text) : text
  }
}
