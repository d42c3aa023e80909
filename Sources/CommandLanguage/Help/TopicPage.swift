/// The help page of a thing that commands work with, such as a task.
package struct TopicPage: Equatable, Sendable {
  /// The sort of thing: `task`. Its pages are found as `task NAME` and listed as `tasks`.
  package let sort: String

  /// Its name.
  package let name: String

  /// A one-line description, without a full stop.
  package let summary: String

  /// Further description: paragraphs separated by empty lines; lines that start with two spaces stay as they are.
  package let discussion: String

  /// Makes a page.
  package init(sort: String, name: String, summary: String, discussion: String) {
    self.sort = sort
    self.name = name
    self.summary = summary
    self.discussion = discussion
  }

  /// The topic under which help finds the page.
  package var topic: String { "\(sort) \(name)" }

  /// Returns the topic that lists all pages of a sort.
  static func list(of sort: String) -> String { sort + "s" }
}

extension HelpPage {
  /// Returns the page of a topic in lines of at most `width` columns.
  package static func text(for page: TopicPage, width: Int) -> String {
    let title = "\(page.topic) – \(page.summary)".split(separator: " ").map(String.init)
    let lines =
      TextLayout.wrap(title, width: width) + [""]
      + TextLayout.paragraphs(page.discussion, width: width)
    return lines.joined(separator: "\n")
  }

  /// Returns the page of a topic in Markdown, with a heading at a level.
  package static func markdown(for page: TopicPage, level: Int = 2) -> String {
    let summary = page.summary.prefix(1).uppercased() + page.summary.dropFirst() + "."
    return join([heading(page.topic, level: level), summary] + blocks(of: page).map(block))
  }

  /// Returns the paragraphs of a page, and its verbatim blocks between them.
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
