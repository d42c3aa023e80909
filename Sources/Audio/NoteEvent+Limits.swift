extension NoteEvent {
  /// The times that files may give, in seconds: up to some thirty years.
  package static let times = 0.0...1e9
}
