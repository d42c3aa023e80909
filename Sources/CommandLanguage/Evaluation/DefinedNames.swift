/// What the scripts that run together give names to, so that each can be checked by itself.
package struct DefinedNames: Equatable, Sendable {
  /// The variables that are set.
  package var names: Set<String>

  /// The statements that are defined, by their names.
  package var statements: [String: StatementDefinition]

  /// Whether more may be set, as by a command that runs another script; unknown variables are no errors then.
  package var isOpen: Bool

  /// Makes a list of names.
  package init(
    names: Set<String> = [],
    statements: [String: StatementDefinition] = [:],
    isOpen: Bool = false
  ) {
    self.names = names
    self.statements = statements
    self.isOpen = isOpen
  }

  /// Adds what another script names.
  package mutating func formUnion(_ other: DefinedNames) {
    names.formUnion(other.names)
    statements.merge(other.statements) { _, last in last }
    isOpen = isOpen || other.isOpen
  }
}
