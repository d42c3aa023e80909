/// A length for which there is one sign.
struct NoteValue: Hashable {
  /// In steps.
  let length: Int
  /// What MusicXML calls it, without the dot.
  let type: String
  var isDotted = false
  /// Whether three of them take the time of two.
  var isTriplet = false

  /// The length without the dot.
  private var base: Int { isDotted ? length / 3 * 2 : length }

  /// The values that, tied together, fill some steps of a bar and show where its beats are.
  ///
  /// - Parameters:
  ///   - start: the first step, from the beginning of the bar, of a pickup from where it would begin if it were
  ///     whole.
  ///   - length: steps, at least one, that do not reach beyond the bar.
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

  /// The values of whole numbers of steps, the longest first; the last one is a step.
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
      // Thirds of a quarter note begin on thirds of it, where there are sixths too.
      return place % quarter + length <= quarter
        && (quarter == 3 || length == 1 || place % 2 == 0)
    }
    // A syncopation of a quarter note or a half is easily read, others are tied.
    return place % base == 0
      || isDotted && (place + length) % (2 * base) == 0
      || !isDotted && (length == 2 * quarter || length == quarter) && place % (length / 2) == 0
        && length % 2 == 0
  }
}
