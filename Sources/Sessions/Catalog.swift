import CommandLanguage

/// What a session knows from the start: its commands, their help, and the names that complete their arguments.
package struct Catalog: Sendable {
  package let commands: CommandRegistry<Session>
  /// The help pages of the commands, and of what they deal with.
  package let help: HelpIndex
  /// The names of things that only some commands know, with a word on each; see `Session.names(of:)`.
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
