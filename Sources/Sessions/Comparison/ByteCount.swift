import Foundation

/// Conversions of byte counts from and to text: `8GB`, `512 MiB`.
package enum ByteCount {
  private static let units: [(name: String, bytes: Double)] = [
    ("TiB", 0x1p40), ("GiB", 0x1p30), ("MiB", 0x1p20), ("KiB", 0x1p10),
    ("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3), ("KB", 1e3), ("B", 1),
  ]

  /// Returns the number of bytes that a text states with a unit; nil for other texts and for zero.
  package static func bytes(in text: String) -> Double? {
    let text = text.filter { !$0.isWhitespace }
    guard let unit = units.first(where: { text.hasSuffix($0.name) }),
      let number = Double(text.dropLast(unit.name.count)), number > 0, number.isFinite
    else { return nil }
    return number * unit.bytes
  }

  /// Returns a byte count with a decimal unit and at least two digits.
  package static func text(_ bytes: Double) -> String {
    let unit = [("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)].first {
      bytes >= 0.9995 * $0.1
    }
    guard let (name, size) = unit else { return String(format: "%.0f B", bytes) }
    let number = bytes / size
    return String(format: number < 99.95 ? "%.1f %@" : "%.0f %@", number, name)
  }
}
