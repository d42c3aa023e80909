import CommandLanguage
import Notebooks

extension OutputLine {
  /// Breaks the line into pieces of a maximum width, at blanks where possible.
  ///
  /// - Parameters:
  ///   - width: the maximum number of columns of a piece.
  ///   - margin: the number of bytes at the start of the line that stay together.
  ///   - continuation: the beginning of the pieces after the first.
  func broken(width: Int, margin: Int, continuation: String) -> [OutputLine] {
    var pieces: [OutputLine] = []
    var rest = self
    var least = margin
    while let end = rest.breakingPoint(width: width, least: least) {
      let bytes = Array(rest.text.utf8)
      pieces.append(rest.part(0..<end, behind: ""))
      let next = bytes[end...].firstIndex { $0 != UInt8(ascii: " ") } ?? bytes.count
      guard next < bytes.count else { return pieces }
      rest = rest.part(next..<bytes.count, behind: continuation)
      least = continuation.utf8.count
    }
    return pieces + [rest]
  }

  /// Returns the byte offset at which the line must be broken; nil if it is not too wide.
  private func breakingPoint(width: Int, least: Int) -> Int? {
    var (columns, byte) = (0, 0)
    var blank: Int?
    var previous: Character = " "
    for character in text {
      columns += DisplayWidth.columns(of: String(character))
      if columns > width, byte > least { return blank ?? byte }
      // The first of several blanks.
      if character == " ", previous != " ", byte > least { blank = byte }
      previous = character
      byte += character.utf8.count
    }
    return nil
  }

  /// Returns some bytes of the line with their styles, after an unstyled head.
  private func part(_ range: Range<Int>, behind head: String) -> OutputLine {
    let shift = head.utf8.count - range.lowerBound
    let own = styles.compactMap { style -> Style? in
      let bytes = style.bytes.clamped(to: range)
      guard !bytes.isEmpty else { return nil }
      return Style(bytes.lowerBound + shift..<bytes.upperBound + shift, style.kind)
    }
    let bytes = Array(text.utf8)[range]
    return OutputLine(head + String(decoding: bytes, as: UTF8.self), styles: own)
  }
}
