/// The actual kind of bytes that were taken for UTF-8 text, known by their first bytes.
package struct OtherKind {
  /// The actual kind, as a sentence.
  package let reason: String
  package let remedy: String

  /// - Parameter beginning: the first bytes of a file.
  /// - Returns: nil if nothing speaks against text.
  package init?(_ beginning: some Collection<UInt8>) {
    let kinds: [(start: [UInt8], reason: String, remedy: String)] = [
      ([0xFF, 0xFE], "this is text in UTF-16", Self.recoding),
      ([0xFE, 0xFF], "this is text in UTF-16", Self.recoding),
      (Array("PK\u{3}\u{4}".utf8), "this is a zip archive", "unpack it, and name a file of it"),
    ]
    guard let kind = kinds.first(where: { beginning.starts(with: $0.start) }) else { return nil }
    (reason, remedy) = (kind.reason, kind.remedy)
  }

  private static let recoding =
    "save it as UTF-8, for example by `iconv -f UTF-16 -t UTF-8`"
}
