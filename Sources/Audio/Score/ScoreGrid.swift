/// The grid of a score, named by its shortest notes as fractions of a whole note.
package enum ScoreGrid: String, CaseIterable, Sendable {
  case eighths = "1/8"
  case sixteenths = "1/16"
  case thirtySeconds = "1/32"
  /// Three steps to a quarter note.
  case eighthTriplets = "1/12"
  /// Six steps to a quarter note.
  case sixteenthTriplets = "1/24"

  /// The number of steps in a quarter note.
  var stepsPerQuarter: Int {
    switch self {
    case .eighths: 2
    case .sixteenths: 4
    case .thirtySeconds: 8
    case .eighthTriplets: 3
    case .sixteenthTriplets: 6
    }
  }

  /// True if the steps are thirds of a binary note value; beats then have two eighths.
  var isTriplet: Bool { stepsPerQuarter % 3 == 0 }
}
