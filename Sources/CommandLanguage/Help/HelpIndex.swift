/// The help on a set of commands.
package struct HelpIndex: Sendable {
  /// The commands.
  package let commands: [CommandDeclaration]

  /// The other statements.
  package let keywords: [KeywordPage]

  /// The pages on the things that commands work with.
  package let pages: [TopicPage]

  /// The name of the page on the language as a whole.
  package static let languageTopic = "language"

  /// The kind of name that completion requests from its host to list the topics.
  package static let topicNames = "topic"

  /// Makes an index.
  package init(
    commands: [CommandDeclaration],
    keywords: [KeywordPage] = KeywordPage.all,
    pages: [TopicPage] = []
  ) {
    self.commands = commands
    self.keywords = keywords
    self.pages = pages
  }

  /// All names that have a page.
  package var topics: [String] {
    commands.map(\.name) + keywords.map(\.name) + [Self.languageTopic]
      + sorts.map(TopicPage.list) + pages.map(\.topic)
  }

  /// Returns the page of a command, an alias, a keyword, the language, a topic or a function, or the list of the topics
  /// of a sort; nil for other words.
  package func page(named name: String, width: Int) -> String? {
    entry(named: name)?.text(width: width)
  }

  /// Returns the entry for a name, as for `page(named:width:)`.
  package func entry(named name: String) -> HelpEntry? {
    if let command = command(named: name) { return .command(command) }
    let keyword = name == Keyword.else.rawValue ? Keyword.if.rawValue : name
    if let page = keywords.first(where: { $0.name == keyword }) { return .keyword(page) }
    if name == Self.languageTopic { return .language }
    if let sort = sorts.first(where: { TopicPage.list(of: $0) == name || $0 == name }) {
      return .topics(pages.filter { $0.sort == sort }, of: sort)
    }
    if let page = pages.first(where: { $0.topic == name || $0.name == name }) {
      return .topic(page)
    }
    return BuiltinFunction(rawValue: name).map { .function($0) }
  }

  /// Returns the command with a name or an alias.
  func command(named name: String) -> CommandDeclaration? {
    commands.first { $0.name == name || $0.aliases.contains(name) }
  }

  /// Returns the topic that was probably meant by a mistyped name.
  package func suggestion(for name: String) -> String? {
    Suggestion.nearest(to: name, among: topics + pages.map(\.name))
  }

  /// Returns all commands and keywords with their summaries, by category.
  package func overview(width: Int) -> String {
    categories.map { category in
      ([category.name + ":"] + TextLayout.table(category.rows, width: width))
        .joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  /// Returns the commands, keywords and topics whose pages contain all of some words, best matches first; empty if
  /// there are none.
  package func search(_ words: [String], width: Int) -> String {
    let wanted = words.map { $0.lowercased() }.filter { !$0.isEmpty }
    if wanted.isEmpty { return "" }
    let matches = entries.compactMap { entry in
      entry.score(for: wanted).map { (entry: entry, score: $0) }
    }
    let ordered = matches.enumerated().sorted { first, second in
      (first.element.score, -first.offset) > (second.element.score, -second.offset)
    }
    let rows = ordered.map { (term: $0.element.entry.name, text: $0.element.entry.summary) }
    return TextLayout.table(rows, width: width).joined(separator: "\n")
  }

  /// Returns the reference in Markdown: language, keywords, commands by category, and topics.
  package func markdown(level: Int = 2) -> String {
    let language = [Grammar.markdown(level: level)]
    let keywordPages = keywords.map { HelpPage.markdown(for: $0, level: level + 1) }
    let pages = commandCategories.flatMap { category in
      [HelpPage.heading(category, level: level)]
        + commands.filter { $0.category == category }
        .map { HelpPage.markdown(for: $0, level: level + 1) }
    }
    let topics = sorts.flatMap { sort in
      [HelpPage.heading("Each \(sort)", level: level)]
        + self.pages.filter { $0.sort == sort }
        .map { HelpPage.markdown(for: $0, level: level + 1) }
    }
    return HelpPage.join(language + keywordPages + pages + topics) + "\n"
  }

  // MARK: Parts

  private struct Entry {
    let name: String
    let summary: String
    let details: String

    /// Returns the entry's match score for words; nil if one of them does not occur.
    func score(for words: [String]) -> Int? {
      var score = 0
      for word in words {
        if name.lowercased() == word {
          score += 8
        } else if name.lowercased().contains(word) {
          score += 4
        } else if summary.lowercased().contains(word) {
          score += 2
        } else if details.contains(word) {
          score += 1
        } else {
          return nil
        }
      }
      return score
    }
  }

  private var entries: [Entry] {
    commands.map { command in
      let page = HelpPage.text(for: command, width: Int.max / 2)
      return Entry(name: command.name, summary: command.summary, details: page.lowercased())
    }
      + keywords.map { keyword in
        let page = HelpPage.text(for: keyword, width: Int.max / 2)
        return Entry(name: keyword.name, summary: keyword.summary, details: page.lowercased())
      }
      + pages.map { page in
        Entry(name: page.topic, summary: page.summary, details: page.discussion.lowercased())
      }
  }

  /// The sorts of pages, in order of first occurrence.
  private var sorts: [String] {
    pages.reduce(into: []) { sorts, page in
      if !sorts.contains(page.sort) { sorts.append(page.sort) }
    }
  }

  /// The categories of the commands, in order of first occurrence.
  private var commandCategories: [String] {
    commands.map(\.category).reduce(into: []) { categories, category in
      if !categories.contains(category) { categories.append(category) }
    }
  }

  private var categories: [(name: String, rows: [(term: String, text: String)])] {
    let lists = commandCategories.map { category in
      let members = commands.filter { $0.category == category }
      return (name: category, rows: members.map { (term: $0.name, text: $0.summary) })
    }
    let words = keywords.map { (term: $0.name, text: $0.summary) }
    return words.isEmpty ? lists : lists + [(name: KeywordPage.category, rows: words)]
  }
}

extension CommandRegistry {
  /// Returns the help on all commands and keywords, and on the things that they work with.
  package func help(with pages: [TopicPage]) -> HelpIndex {
    HelpIndex(commands: declarations, pages: pages)
  }
}
