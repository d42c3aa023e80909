import Foundation

/// The graphics protocol of kitty.
enum KittyImage {
  /// The most characters of base64 in one piece.
  static let pieceLength = 4096

  /// Sends a PNG file and shows it over columns and rows, without an answer of the terminal.
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
