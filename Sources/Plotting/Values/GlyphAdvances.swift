/// Advance widths of DejaVu Sans 2.37 in units of 1/2048 em, from the font's `hmtx` table.
///
/// Layout uses this table and never the installed font, so a figure's draw list is the same on every machine. The
/// numbers are in `GlyphAdvances.txt`, which is compiled into the program: after the name of a weight, each line has
/// a code point in hexadecimal and the advances from there on. A test compares every number with the installed font;
/// `RSE_WRITE_ADVANCES=1 swift test --filter GlyphAdvancesTests` writes them again, also those of new lines, in which
/// zeros take the place of the advances.
struct GlyphAdvances: Sendable {
  /// A run of consecutive code points with their advances.
  struct Run: Sendable {
    /// The first code point of the run.
    let first: UInt32
    /// One advance per code point, in 1/2048 em.
    let advances: [UInt16]
  }

  /// The font's units per em.
  static let unitsPerEm = 2048.0

  /// The runs in ascending order of code points.
  private(set) var runs: [Run] = []

  private static let tables = tables(of: PackageResources.GlyphAdvances_txt)

  /// Returns the advances of a weight of the typeface.
  static func of(_ weight: FontWeight) -> GlyphAdvances { tables[weight] ?? GlyphAdvances() }

  /// Returns the advance of a character in 1/2048 em, or nil if it is not in the table.
  func advance(of scalar: Unicode.Scalar) -> Int? {
    let code = scalar.value
    for run in runs where code >= run.first && code < run.first + UInt32(run.advances.count) {
      return Int(run.advances[Int(code - run.first)])
    }
    return nil
  }

  private static func tables(of bytes: [UInt8]) -> [FontWeight: GlyphAdvances] {
    var tables: [FontWeight: GlyphAdvances] = [:]
    var weight = FontWeight.regular
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      if let next = FontWeight(rawValue: String(line)) {
        weight = next
        continue
      }
      let words = line.split(separator: " ")
      let advances = words.dropFirst().compactMap { UInt16($0) }
      guard let first = words.first.flatMap({ UInt32($0, radix: 16) }),
        advances.count == words.count - 1
      else { preconditionFailure("a code point and advances: \(line)") }
      tables[weight, default: GlyphAdvances()].runs.append(Run(first: first, advances: advances))
    }
    return tables
  }
}
