/// The shortest notes of a score, as fractions of a whole note.
package enum ScoreGrid: String, CaseIterable, Sendable {
  case eighths = "1/8"
  case sixteenths = "1/16"
  case thirtySeconds = "1/32"
  /// Three to a quarter note.
  case eighthTriplets = "1/12"
  /// Six to a quarter note.
  case sixteenthTriplets = "1/24"

  /// Steps of a quarter note.
  var stepsPerQuarter: Int {
    switch self {
    case .eighths: 2
    case .sixteenths: 4
    case .thirtySeconds: 8
    case .eighthTriplets: 3
    case .sixteenthTriplets: 6
    }
  }

  /// Whether its steps are thirds of a binary note value; beats have two eighths then.
  var isTriplet: Bool { stepsPerQuarter % 3 == 0 }
}
