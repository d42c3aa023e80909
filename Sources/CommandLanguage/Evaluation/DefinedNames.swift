/// What the scripts that run together give names to, so that each can be checked by itself.
package struct DefinedNames: Equatable, Sendable {
  /// The variables that are set.
  package var names: Set<String>

  /// Whether more may be set, as by a command that runs another script; unknown variables are no errors then.
  package var isOpen: Bool

  /// Makes a list of names.
  package init(names: Set<String> = [], isOpen: Bool = false) {
    self.names = names
    self.isOpen = isOpen
  }

  /// Adds what another script names.
  package mutating func formUnion(_ other: DefinedNames) {
    names.formUnion(other.names)
    isOpen = isOpen || other.isOpen
  }
}
