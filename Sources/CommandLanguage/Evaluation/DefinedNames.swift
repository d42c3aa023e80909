/// The names that scripts running together define, so that each script can be checked on its own.
package struct DefinedNames: Equatable, Sendable {
  /// The variables that are set.
  package var names: Set<String>

  /// The statements that are defined, by their names.
  package var statements: [String: StatementDefinition]

  /// True if more names may be set, as by a command that runs another script; unknown variables are then not errors.
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

  /// Adds the names of another script.
  package mutating func formUnion(_ other: DefinedNames) {
    names.formUnion(other.names)
    statements.merge(other.statements) { _, last in last }
    isOpen = isOpen || other.isOpen
  }
}
