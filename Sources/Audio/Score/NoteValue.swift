/// A length with a sign of its own.
struct NoteValue: Hashable {
  /// The length in steps.
  let length: Int
  /// The name in MusicXML, without the dot.
  let type: String
  var isDotted = false
  /// True if three of them take the time of two.
  var isTriplet = false

  /// The length without the dot.
  private var base: Int { isDotted ? length / 3 * 2 : length }

  /// Returns the values that, tied together, fill some steps of a bar and show its beats.
  ///
  /// - Parameters:
  ///   - start: the first step, counted from the beginning of the bar; for a pickup from where the whole bar would begin.
  ///   - length: the number of steps, at least one; they end within the bar.
  static func values(
    from start: Int,
    length: Int,
    _ grid: ScoreGrid,
    isCompound: Bool
  ) -> [NoteValue] {
    let all = all(grid)
    var values: [NoteValue] = []
    var (place, rest) = (start, length)
    while rest > 0 {
      let fitting = all.first {
        $0.length <= rest && $0.canBegin(at: place, quarter: grid.stepsPerQuarter, isCompound)
      }
      guard let value = fitting ?? all.last else { break }
      values.append(value)
      place += value.length
      rest -= value.length
    }
    return values
  }

  /// Returns the values of whole numbers of steps, the longest first; the last one is a single step.
  private static func all(_ grid: ScoreGrid) -> [NoteValue] {
    let quarter = grid.stepsPerQuarter
    var all: [NoteValue] = []
    for (index, type) in ["whole", "half", "quarter", "eighth", "16th", "32nd"].enumerated() {
      let (length, rest) = (4 * quarter).quotientAndRemainder(dividingBy: 1 << index)
      if rest == 0 {
        all.append(NoteValue(length: length, type: type))
        if length % 2 == 0 {
          all.append(NoteValue(length: length / 2 * 3, type: type, isDotted: true))
        }
      }
      if grid.isTriplet, index > 1, 2 * 4 * quarter % (3 << index) == 0 {
        let length = 2 * 4 * quarter / (3 << index)
        all.append(NoteValue(length: length, type: type, isTriplet: true))
      }
    }
    return all.sorted { $0.length > $1.length }
  }

  private func canBegin(at place: Int, quarter: Int, _ isCompound: Bool) -> Bool {
    if isCompound {
      let beat = quarter * 3 / 2
      let start = place % beat
      return start == 0 && length % beat == 0
        || start + length <= beat && start % min(base, quarter / 2) == 0
    }
    if isTriplet {
      // Thirds of a quarter note begin on its thirds, even where there are sixths.
      return place % quarter + length <= quarter
        && (quarter == 3 || length == 1 || place % 2 == 0)
    }
    // Syncopations of a quarter or half note are easy to read; others are tied.
    return place % base == 0
      || isDotted && (place + length) % (2 * base) == 0
      || !isDotted && (length == 2 * quarter || length == quarter) && place % (length / 2) == 0
        && length % 2 == 0
  }
}
