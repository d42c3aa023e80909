/// A state that the commands of one subject keep between statements.
package protocol SessionState {
  /// Creates the state of a new session.
  init()
}
