/// A line that takes part in a comparison: a stable line, or a line of an expected failure's message.
struct ComparableLine: Sendable, Equatable {
  /// True for a line of a failure's message.
  let isFailure: Bool
  let text: String

  /// The line as it appears in a notebook.
  var marked: String { (isFailure ? "! " : "| ") + text }

  /// Returns true if the lines are byte for byte the same, except for trailing blanks.
  func isSame(as other: ComparableLine) -> Bool {
    isFailure == other.isFailure
      && (text.utf8.elementsEqual(other.text.utf8)
        || text.withoutTrailingBlanks.utf8.elementsEqual(other.text.withoutTrailingBlanks.utf8))
  }
}

/// Decides whether two lines match, and reports how their numbers differ.
struct LineComparer {
  /// The tolerance for numbers; nil if lines must match byte for byte, except for trailing blanks.
  let tolerance: Tolerance?

  /// A line that may be compared many times; it is divided into tokens once, and only if its bytes do not
  /// decide.
  struct Divided {
    let line: ComparableLine
    private var known: [LineToken]?

    init(_ line: ComparableLine) { self.line = line }

    mutating func tokens() -> [LineToken] {
      let tokens = known ?? LineToken.tokens(of: line.text)
      known = tokens
      return tokens
    }
  }

  func matches(_ first: inout Divided, _ second: inout Divided) -> Bool {
    if first.line.isSame(as: second.line) { return true }
    guard let tolerance, first.line.isFailure == second.line.isFailure else { return false }
    let (tokens, others) = (first.tokens(), second.tokens())
    return tokens.count == others.count
      && zip(tokens, others).allSatisfy { Self.areSame($0, $1, within: tolerance) }
  }

  /// Returns the numbers that differ, if the lines differ only in numbers and digests.
  func numberDifferences(_ expected: String, _ got: String) -> [NumberDifference] {
    let first = LineToken.tokens(of: expected)
    let second = LineToken.tokens(of: got)
    guard first.count == second.count else { return [] }
    var differences: [NumberDifference] = []
    for (expected, got) in zip(first, second) {
      switch (expected, got) {
      case (.number(let a, let expectedText), .number(let b, let gotText)):
        let isSame = tolerance?.accepts(a, b) ?? (expectedText == gotText)
        if !isSame {
          differences.append(NumberDifference(expected: expectedText, got: gotText, a, b))
        }
      case (.text(let a), .text(let b)) where !a.utf8.elementsEqual(b.utf8): return []
      case (.text, .text), (.digest, .digest): continue
      default: return []
      }
    }
    return differences
  }

  private static func areSame(
    _ first: LineToken,
    _ second: LineToken,
    within tolerance: Tolerance
  ) -> Bool {
    switch (first, second) {
    case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
    case (.number(let a, _), .number(let b, _)): tolerance.accepts(a, b)
    case (.digest(let a?), .digest(let b?)): tolerance.accepts(a, b)
    case (.digest, .digest): true
    // A number with enough digits to look like a digest, against a shorter one.
    case (.digest(let a?), .number(let b, _)), (.number(let b, _), .digest(let a?)):
      tolerance.accepts(a, b)
    default: false
    }
  }
}

/// Two numbers at the same place in two lines.
package struct NumberDifference: Sendable, Equatable {
  /// The recorded number as written.
  package let expected: String
  /// The number of this run as written.
  package let got: String
  /// The distance as a fraction of the larger magnitude; nil if either is not finite.
  package let relative: Double?

  init(expected: String, got: String, _ first: Double, _ second: Double) {
    self.expected = expected
    self.got = got
    let size = max(abs(first), abs(second))
    let distance = size == 0 ? 0 : abs(first / size - second / size)
    relative = first.isFinite && second.isFinite ? distance : nil
  }
}
