extension [UInt8] {
  /// The bytes as text.
  var text: String { String(decoding: self, as: UTF8.self) }

  /// Whether a sequence that sets colours or other attributes of text (`ESC [ … m`) is in the bytes.
  var hasAttributes: Bool { text.contains(/\u{1B}\[[0-9;:]*m/) }

  /// Whether bracketed paste was asked for and given up again at the end.
  var endsBracketedPaste: Bool {
    text.ranges(of: "\u{1B}[?2004").last.map { text[$0.upperBound...].hasPrefix("l") } ?? false
  }
}
