import CommandLanguage
import Routing
import Tensors

/// How commands are told a permutation.
enum RoutingOptions {
  /// The raw tail.
  static func tail(isRequired: Bool) -> Signature.RawTail {
    Signature.RawTail(
      "permutation",
      "where each element goes (3 1 0 2), cycles ((0 3)(1 2)), identity, reverse, shuffle, "
        + "bitreversal, rotate K, or random",
      isRequired: isRequired,
      namesOf: "permutation"
    )
  }

  /// What may stand beside the permutation.
  static let options: [Signature.Parameter] = [
    .optional(
      "n",
      .integer(.from(2, through: Double(PermutationText.largestCount))),
      "the number of elements, where the numbers do not say it",
      default: String(PermutationText.usualCount)
    ),
    .optional(
      "seed",
      .integer(.atLeast(0)),
      "what decides `random`",
      default: "the session's"
    ),
    .optional(
      "pad",
      .boolean,
      "add elements that stay in their places, up to a power of two",
      default: "off"
    ),
  ]

  /// The permutation of a command with these options; nothing where it names none.
  static func permutation(
    _ arguments: BoundArguments,
    in session: Session
  ) throws(Diagnostic) -> Permutation? {
    guard !arguments.raw.isEmpty else { return nil }
    let wish = Wish(
      // Quotes may stand around a permutation, as they must in `plot route permutation=`.
      text: arguments.raw.replacing("\"", with: ""),
      count: arguments.optionalInteger("n"),
      seed: arguments.optionalInteger("seed"),
      isPadded: arguments.optionalBoolean("pad") ?? false
    )
    do {
      return try wish.permutation(in: session)
    } catch {
      throw arguments.error(on: error.argument, error.message, remedy: error.remedy)
    }
  }

  /// The permutation that an argument `permutation=` tells, with the same options in its text.
  static func permutation(
    _ text: String,
    of arguments: BoundArguments,
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
      case ("n", let count?, _) where count > 0: wish.count = count
      case ("seed", let seed?, _) where seed >= 0: wish.seed = seed
      case ("pad", _, "on"), ("pad", _, "true"): wish.isPadded = true
      case ("pad", _, "off"), ("pad", _, "false"): wish.isPadded = false
      default:
        throw arguments.error(
          on: "permutation",
          "`\(word)` says nothing about a permutation",
          remedy: "n=16, seed=3 and pad=on may stand in its text"
        )
      }
    }
    do {
      return try wish.permutation(in: session)
    } catch {
      throw arguments.error(on: "permutation", error.message, remedy: error.remedy)
    }
  }

  /// A permutation as it was asked for.
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

  /// The form of the network that a command names, or else another.
  static func form(
    _ arguments: BoundArguments,
    else other: NetworkForm = .benes
  ) -> NetworkForm {
    arguments.optionalText("network").flatMap(NetworkForm.init) ?? other
  }

  /// More elements are not drawn with characters.
  static let largestDrawing = 16

  static func tooLarge(_ count: Int) -> String {
    "\(grouped(count)) elements are too many to draw with characters, the limit is "
      + "\(largestDrawing)"
  }
}

extension PermutationError {
  /// The argument that it is about.
  fileprivate var argument: String {
    switch self {
    case .otherCount, .badCount, .needsPowerOfTwo: "n"
    default: "permutation"
    }
  }
}

extension Permutation {
  /// Where each element goes, in words: `0→3 1→1 2→0 3→2`.
  var arrows: String {
    targets.enumerated().map { "\($0)→\($1)" }.joined(separator: " ")
  }
}

extension Int {
  /// A switch by its number, told by the places on both sides of it.
  var switchName: String { "\(2 * self)/\(2 * self + 1)" }
}
