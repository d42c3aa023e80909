/// Code as coloured HTML.
enum CodeMarkup {
  /// Returns the HTML of some code.
  ///
  /// Of overlapping colours the first one counts; those outside the code, or that would split a
  /// character, are skipped.
  static func html(of code: String, colors: [CodeColor]) -> String {
    guard !colors.isEmpty else { return HTMLText.escaped(code) }
    let bytes = code.utf8
    var result = ""
    var place = bytes.startIndex
    var offset = 0
    for color in colors.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      let range = color.range
      guard range.lowerBound >= offset, !range.isEmpty,
        let start = bytes.index(
          place,
          offsetBy: range.lowerBound - offset,
          limitedBy: bytes.endIndex
        ),
        let end = bytes.index(start, offsetBy: range.count, limitedBy: bytes.endIndex),
        start.samePosition(in: code.unicodeScalars) != nil,
        end.samePosition(in: code.unicodeScalars) != nil
      else { continue }
      result += HTMLText.escaped(code[place..<start])
      result +=
        "<span class=\"\(color.kind.rawValue)\">\(HTMLText.escaped(code[start..<end]))</span>"
      place = end
      offset = range.upperBound
    }
    return result + HTMLText.escaped(code[place...])
  }
}
