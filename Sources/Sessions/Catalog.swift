import CommandLanguage

/// The initial knowledge of a session: its commands, their help, and the names that complete their arguments.
package struct Catalog: Sendable {
  package let commands: CommandRegistry<Session>
  /// The help pages of the commands and of their subjects.
  package let help: HelpIndex
  /// The names of things that only some commands know, each with a summary; see `Session.names(of:)`.
  package let names: [String: @Sendable () -> [(name: String, summary: String)]]

  package init(
    commands: CommandRegistry<Session>,
    help: HelpIndex,
    names: [String: @Sendable () -> [(name: String, summary: String)]] = [:]
  ) {
    self.commands = commands
    self.help = help
    self.names = names
  }
}
