import CommandLanguage
import Figures
import Sessions

/// `help train`
package struct HelpCommand: Command {
  private static let topic = Signature.RawTail(
    "topic",
    "a command, `language`, `tasks`, `task NAME`, or words to search for",
    isRequired: false,
    namesOf: HelpIndex.topicNames
  )

  package static let declaration = CommandDeclaration(
    name: "help",
    aliases: ["?"],
    summary: "Explain a command, or find one",
    signature: Signature(rawTail: topic),
    examples: [
      .init("help", "all commands"), .init("help train", "the page of one"),
      .init("help task sort", "one of the tasks that `help tasks` lists"),
      .init("help plot png", "a search"),
    ],
    category: Category.session
  )

  private let arguments: BoundArguments

  package init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
  }

  package func run(in session: Session) throws -> Value {
    guard let text = Self.text(on: arguments.raw, width: session.width) else {
      let help = Session.help
      let nearest = help.suggestion(for: arguments.raw)
      throw arguments.error(
        on: Self.topic,
        "there is no help on `\(arguments.raw)`",
        remedy: nearest.map { "did you mean `help \($0)`?" } ?? "`help` lists all commands"
      )
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      // Line breaks depend on the window.
      session.emit(String(line), .volatile)
    }
    return .nothing
  }

  /// Returns the page of a topic or the result of a search, nil if there is none; without a topic, all commands.
  package static func text(on topic: String, width: Int) -> String? {
    let help = Session.help
    if topic.isEmpty {
      return help.overview(width: width)
        + "\n\n`help train` explains one; `help language` the language; `help tasks` lists the tasks."
    }
    if let page = help.page(named: topic, width: width) { return page }
    let found = help.search(topic.split(separator: " ").map(String.init), width: width)
    return found.isEmpty ? nil : found
  }
}
