import Foundation

/// The layout of a value as text: `${loss:8.3}` for eight columns and three digits after the point.
package struct ValueLayout: Equatable, Sendable {
  /// The minimum number of columns; 0 for as many as the value takes.
  package let width: Int

  /// True if the value is left-aligned.
  package let isLeft: Bool

  /// The number of digits after the point of a number; nil for as many as numbers are shown with.
  package let digits: Int?

  private static let widths = 0...200
  private static let digitCounts = 0...15

  /// Fails if there are too many columns or digits.
  init?(_ width: Int, _ isLeft: Bool, _ digits: Int?) {
    guard Self.widths.contains(width), digits.map(Self.digitCounts.contains) ?? true else {
      return nil
    }
    self.width = width
    self.isLeft = isLeft && width > 0
    self.digits = digits
  }

  /// The notation after the variable's name.
  var spelling: String {
    let columns = width > 0 || digits == nil ? String(width) : ""
    return ":" + (isLeft ? "-" : "") + columns + (digits.map { ".\($0)" } ?? "")
  }

  /// Returns the text of a value.
  ///
  /// - Throws: `LanguageError` if digits are requested for a value that is not a number.
  func text(of value: Value) throws(LanguageError) -> String {
    var text = value.inlineDescription
    if let digits {
      guard case .number(let number) = value else {
        throw .notANumber(found: value.briefDescription)
      }
      if number.isFinite { text = String(format: "%.*f", digits, number) }
    }
    let room = String(repeating: " ", count: max(0, width - DisplayWidth.columns(of: text)))
    return isLeft ? text + room : room + text
  }
}
