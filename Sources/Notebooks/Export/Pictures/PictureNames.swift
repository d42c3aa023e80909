/// Finds the names of pictures in recorded output.
enum PictureNames {
  private static let suffixes = [".png", ".svg", ".gif"]
  private static let drawingMark = "  drawing "
  private static let digestLength = 12
  private static let writtenMark = "wrote "

  /// Returns the names of the pictures in a cell's output, without duplicates.
  ///
  /// A line names one as `NAME.png  drawing 0123456789ab`, or by a first word that ends in `.png`, or, if
  /// it is volatile, as `wrote NAME.png`; likewise with `.svg` and `.gif`. Documents do not show PDF.
  static func inOutput(_ output: [OutputLine]) -> [String] {
    var names: [String] = []
    for line in output {
      if let name = name(in: line), !names.contains(name) { names.append(name) }
    }
    return names
  }

  private static func name(in line: OutputLine) -> String? {
    let text = line.text
    guard text.utf8.contains(UInt8(ascii: ".")) else { return nil }
    if let name = drawnName(in: text) { return name }
    if line.isVolatile, text.hasPrefix(writtenMark) {
      return pictureName(text.utf8.dropFirst(writtenMark.utf8.count))
    }
    return pictureName(text.utf8.prefix { !$0.isBlank })
  }

  /// Returns the name, which may contain blanks, before `  drawing` and a digest.
  private static func drawnName(in text: String) -> String? {
    let digest = text.utf8.suffix(digestLength)
    let rest = text.utf8.dropLast(digestLength)
    guard digest.count == digestLength, digest.allSatisfy(\.isHexDigit),
      rest.count > drawingMark.utf8.count,
      rest.suffix(drawingMark.utf8.count).elementsEqual(drawingMark.utf8)
    else { return nil }
    return pictureName(rest.dropLast(drawingMark.utf8.count))
  }

  private static func pictureName(_ bytes: Substring.UTF8View) -> String? {
    let name = String(decoding: bytes, as: UTF8.self)
    let lowered = name.lowercased()
    guard suffixes.contains(where: { lowered.hasSuffix($0) && lowered != $0 }),
      MarkdownTree.scheme(of: name) == nil
    else { return nil }
    return name
  }
}
