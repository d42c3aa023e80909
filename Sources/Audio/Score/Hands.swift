/// The division of a piano's notes between its two staves.
struct Hands {
  let right: [ScoreNote]
  let left: [ScoreNote]

  /// The number of semitones that a hand spans with ease.
  private static let span = 12
  /// The pitch around which the hands meet.
  private static let middle = 60.0
  private static let fingers = 5

  /// The cost so far of giving some of the notes that begin together to the left hand, and the centres of both hands.
  private struct Choice {
    var cost: Double
    var left: Double
    var right: Double
  }

  /// Makes the division of least total cost: wide spans, more notes than fingers, far moves, crossed hands and notes beyond the
  /// middle cost.
  init(_ notes: [ScoreNote]) {
    var chords: [Range<Int>] = []
    for index in notes.indices {
      if let last = chords.last, notes[last.lowerBound].start == notes[index].start {
        chords[chords.count - 1] = last.lowerBound..<index + 1
      } else {
        chords.append(index..<index + 1)
      }
    }
    var choices = [Choice(cost: 0, left: 48, right: 72)]
    var origins: [[Int]] = []
    for chord in chords {
      let pitches = notes[chord].map { Double($0.pitch) }
      var next: [Choice] = []
      var from: [Int] = []
      for count in 0...pitches.count {
        let (low, high) = (pitches[..<count], pitches[count...])
        let own =
          Self.strain(low) + Self.strain(high)
          + low.reduce(0) { $0 + max(0, $1 - Self.middle) * 0.12 }
          + high.reduce(0) { $0 + max(0, Self.middle - $1) * 0.12 }
        var best = Choice(cost: .infinity, left: 0, right: 0)
        var origin = 0
        for (index, choice) in choices.enumerated() {
          let (left, right) = (Self.centre(low) ?? choice.left, Self.centre(high) ?? choice.right)
          let moves = abs(left - choice.left) + abs(right - choice.right)
          let crossing = max(0, left - right + 3)
          let cost = choice.cost + own + 0.12 * moves + crossing
          if cost < best.cost {
            (best, origin) = (Choice(cost: cost, left: left, right: right), index)
          }
        }
        next.append(best)
        from.append(origin)
      }
      choices = next
      origins.append(from)
    }
    var (right, left): ([ScoreNote], [ScoreNote]) = ([], [])
    var choice = choices.indices.min { choices[$0].cost < choices[$1].cost } ?? 0
    for (chord, from) in zip(chords, origins).reversed() {
      let border = chord.lowerBound + choice
      left += notes[chord.lowerBound..<border].reversed()
      right += notes[border..<chord.upperBound].reversed()
      choice = from[choice]
    }
    self.left = left.reversed()
    self.right = right.reversed()
  }

  private static func strain(_ pitches: ArraySlice<Double>) -> Double {
    guard let low = pitches.first, let high = pitches.last else { return 0.3 }
    let wide = max(0, high - low - Double(span))
    return wide * wide * 0.5 + 10 * Double(max(0, pitches.count - fingers))
  }

  private static func centre(_ pitches: ArraySlice<Double>) -> Double? {
    guard let low = pitches.first, let high = pitches.last else { return nil }
    return (low + high) / 2
  }
}
