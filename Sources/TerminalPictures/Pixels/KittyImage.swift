import Foundation

/// The graphics protocol of kitty.
enum KittyImage {
  /// The maximum number of base64 characters in one chunk.
  static let pieceLength = 4096

  /// Returns the text that sends a PNG file and shows it over that many columns and rows, with no reply from the
  /// terminal.
  static func text(png: [UInt8], columns: Int, rows: Int) -> String {
    let code = Data(png).base64EncodedString()
    var text = ""
    var rest = code[...]
    while !rest.isEmpty {
      let piece = rest.prefix(pieceLength)
      rest = rest.dropFirst(pieceLength)
      let first = text.isEmpty ? "a=T,f=100,q=2,c=\(columns),r=\(rows)," : ""
      text += "\u{1B}_G\(first)m=\(rest.isEmpty ? 0 : 1);\(piece)\u{1B}\\"
    }
    return text
  }
}
