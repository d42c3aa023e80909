extension TextMetrics {
  /// Returns the text, or as much of it as fits a width in points followed by an ellipsis.
  package static func truncated(
    _ text: String,
    to width: Double,
    size: Double,
    weight: FontWeight = .regular
  ) -> String {
    guard self.width(of: text, size: size, weight: weight) > width else { return text }
    let ellipsis = "…"
    var room = width - self.width(of: ellipsis, size: size, weight: weight)
    var kept = ""
    for character in text {
      room -= self.width(of: String(character), size: size, weight: weight)
      if room < 0 { break }
      kept.append(character)
    }
    while kept.last == " " { kept.removeLast() }
    return kept + ellipsis
  }

  /// Breaks a text between words into lines of at most a width in points.
  ///
  /// Line feeds also break lines. If more than `lines` lines would be needed, or a single word is too wide, an
  /// ellipsis replaces the omitted part.
  package static func wrapped(
    _ text: String,
    to width: Double,
    size: Double,
    weight: FontWeight = .regular,
    lines limit: Int
  ) -> [String] {
    precondition(limit > 0, "a text takes at least one line")
    var lines: [String] = []
    for paragraph in text.split(separator: "\n") {
      var line = ""
      for word in paragraph.split(separator: " ") {
        let longer = line.isEmpty ? String(word) : line + " " + word
        if line.isEmpty || self.width(of: longer, size: size, weight: weight) <= width {
          line = longer
        } else {
          lines.append(line)
          line = String(word)
        }
      }
      lines.append(line)
    }
    if lines.count > limit {
      lines[limit - 1] += " …"
      lines.removeSubrange(limit...)
    }
    return lines.map { truncated($0, to: width, size: size, weight: weight) }
  }
}
