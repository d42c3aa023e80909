import CommandLanguage

/// The ends of an axis, as given by an option: `0..100`, `5..` or `..5`.
struct AxisRange: Equatable {
  /// The value at the lower end; nil if the data determine it.
  let lower: Double?
  /// The value at the upper end; nil if the data determine it.
  let upper: Double?

  /// Parses a text; returns nil if it is not a range.
  init?(_ text: String) {
    guard let dots = text.firstRange(of: "..") else { return nil }
    let ends = [text[..<dots.lowerBound], text[dots.upperBound...]]
    var values: [Double?] = []
    for end in ends {
      let digits = end.trimming(while: \.isWhitespace)
      if digits.isEmpty {
        values.append(nil)
      } else {
        guard digits.allSatisfy({ "0123456789.eE+-".contains($0) }), let value = Double(digits),
          value.isFinite
        else { return nil }
        values.append(value)
      }
    }
    guard values[0] != nil || values[1] != nil else { return nil }
    if let lower = values[0], let upper = values[1], lower >= upper { return nil }
    (lower, upper) = (values[0], values[1])
  }

  /// Returns the range that an option gives; nil if it is not given.
  ///
  /// - Parameter isLogarithmic: true if its ends must be positive.
  static func read(
    _ argument: CommandArgument<String?>,
    of arguments: BoundArguments,
    isLogarithmic: Bool
  ) throws(Diagnostic) -> AxisRange? {
    guard let text = arguments[argument] else { return nil }
    guard let range = AxisRange(text) else {
      throw arguments.error(
        on: argument,
        "`\(argument.name)=` takes a lower and a higher number, found `\(text)`",
        remedy: "write `\(argument.name)=0..100`, or `0..` or `..100` for one end only"
      )
    }
    for end in [range.lower, range.upper] where isLogarithmic && end ?? 1 <= 0 {
      throw arguments.error(
        on: argument,
        "a logarithmic axis has positive numbers only",
        remedy: "give positive ends, or leave out log="
      )
    }
    return range
  }

  /// Returns true if a value lies within the ends.
  func contains(_ value: Double) -> Bool {
    value >= lower ?? -.infinity && value <= upper ?? .infinity
  }
}

extension Substring {
  fileprivate func trimming(while isTrimmed: (Character) -> Bool) -> Substring {
    var text = drop(while: isTrimmed)
    while let last = text.last, isTrimmed(last) { text.removeLast() }
    return text
  }
}
