extension NoteEvent {
  /// The range of times that files may contain, in seconds: up to some thirty years.
  package static let times = 0.0...1e9
}
