import CommandLanguage
import Figures
import Routing
import Sessions
import Tensors
import Wording

/// The options by which commands take a permutation.
enum RoutingOptions {
  /// The permutation, required.
  static let permutation = Signature.RawTail(
    "permutation",
    summary,
    namesOf: "permutation"
  )

  /// The permutation of a quiz, which may be omitted, or a request within the quiz.
  static let quizRequest = Signature.RawTail(
    "permutation",
    summary + "; or hint, undo, score",
    isRequired: false,
    namesOf: "quiz"
  )

  private static let summary =
    "where each element goes (3 1 0 2), cycles ((0 3)(1 2)), identity, reverse, shuffle, "
    + "bitreversal, rotate K, or random"

  private static let count = CommandArgument(
    "n",
    .integer(in: 2...PermutationText.largestCount),
    "the number of elements, where the numbers do not say it",
    otherwise: String(PermutationText.usualCount)
  )
  private static let seed = CommandArgument(
    "seed",
    .integer(in: 0...),
    "what decides `random`",
    otherwise: "the session's"
  )
  private static let pad = CommandArgument(
    "pad",
    .boolean,
    "add elements that stay in their places, up to a power of two",
    default: false
  )

  /// The options beside the permutation.
  static let options: [any DeclaredArgument] = [count, seed, pad]

  /// Returns the permutation of a command with these options; nil if it names none.
  static func permutation(
    _ arguments: BoundArguments,
    in session: Session
  ) throws(Diagnostic) -> Permutation? {
    guard !arguments.raw.isEmpty else { return nil }
    let wish = Wish(
      // Quotes may surround a permutation, as they must in `plot route permutation=`.
      text: arguments.raw.replacing("\"", with: ""),
      count: arguments[count],
      seed: arguments[seed],
      isPadded: arguments[pad]
    )
    do {
      return try wish.permutation(in: session)
    } catch {
      throw arguments.error(
        on: error.isAboutCount ? count : permutation,
        error.message,
        remedy: error.remedy
      )
    }
  }

  /// Returns the permutation that an argument's text describes, with the same options in the text.
  static func permutation(
    _ text: String,
    about argument: any NamedArgument,
    in session: Session
  ) throws(Diagnostic) -> Permutation {
    var wish = Wish(text: "")
    for word in text.split(whereSeparator: \.isWhitespace) {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        wish.text += " " + word
        continue
      }
      switch (parts[0], Int(parts[1]), parts[1]) {
      case (count.name, let count?, _) where count > 0: wish.count = count
      case (seed.name, let seed?, _) where seed >= 0: wish.seed = seed
      case (pad.name, _, "on"), (pad.name, _, "true"): wish.isPadded = true
      case (pad.name, _, "off"), (pad.name, _, "false"): wish.isPadded = false
      default:
        throw Diagnostic(
          "`\(word)` says nothing about a permutation",
          about: argument,
          remedy: "n=16, seed=3 and pad=on may stand in its text"
        )
      }
    }
    do {
      return try wish.permutation(in: session)
    } catch {
      throw Diagnostic(error.message, about: argument, remedy: error.remedy)
    }
  }

  /// A permutation as requested.
  private struct Wish {
    var text: String
    var count: Int?
    var seed: Int?
    var isPadded = false

    func permutation(in session: Session) throws(PermutationError) -> Permutation {
      let source = RandomSource(seed: seed.map { UInt64($0) } ?? session.seed)
      var random = source.stream(.permutations)
      return try PermutationText(text)
        .permutation(count: count, isPadded: isPadded, using: &random)
    }
  }

  /// The largest number of elements that is drawn in characters.
  static let largestDrawing = 16

  static func tooLarge(_ count: Int) -> String {
    "\(grouped(count)) elements are too many to draw with characters, the limit is "
      + "\(largestDrawing)"
  }
}

extension PermutationError {
  /// True if the error is about the number of elements.
  fileprivate var isAboutCount: Bool {
    switch self {
    case .otherCount, .badCount, .needsPowerOfTwo: true
    default: false
    }
  }
}

extension Permutation {
  /// The target of each element, in text: `0→3 1→1 2→0 3→2`.
  var arrows: String {
    targets.enumerated().map { "\($0)→\($1)" }.joined(separator: " ")
  }
}

extension Int {
  /// The name of the switch with this number: the positions on both sides of it.
  var switchName: String { "\(2 * self)/\(2 * self + 1)" }
}
