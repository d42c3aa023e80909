import Foundation

/// The inline images of iTerm2.
enum ITermImage {
  /// Returns the text that sends a PNG file and shows it over that many columns and rows.
  static func text(png: [UInt8], columns: Int, rows: Int) -> String {
    let arguments = "inline=1;size=\(png.count);width=\(columns);height=\(rows)"
    return "\u{1B}]1337;File=\(arguments);preserveAspectRatio=1:"
      + Data(png).base64EncodedString() + "\u{07}"
  }
}
