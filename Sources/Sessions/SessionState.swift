/// What the commands of one subject keep from one statement to the next.
package protocol SessionState {
  /// As it is in a new session.
  init()
}
