/// A sequence of notes and chords on a staff, one after another.
struct Voice {
  /// Notes that begin and end together.
  private struct Chord {
    let start: Int
    var end: Int
    /// The pitches, the lowest first.
    let pitches: [Int]
  }

  /// The part of a chord or rest within one bar.
  struct Piece {
    let start: Int
    let end: Int
    /// The pitches, the lowest first; none for a rest.
    let pitches: [Int]
    /// True if the chord began before the bar.
    var isContinued = false
    /// True if the chord ends after the bar.
    var goesOn = false
  }

  /// The chords by start; none begins before the previous one ends.
  private var chords: [Chord] = []

  /// Returns the voices of one staff's notes: the moving voice and, if there are any, low notes held under it.
  ///
  /// A note lasts at most to the next one of its voice. Moving notes are written longer than played where that saves rests: to
  /// the end of their eighth, and to the next note if the rest between them would not exceed the note.
  ///
  /// - Parameters:
  ///   - notes: the notes by start, then by pitch.
  ///   - beat: the number of steps in a beat.
  ///   - eighth: the number of steps in an eighth, at least one.
  static func voices(of notes: [ScoreNote], beat: Int, eighth: Int) -> [Voice] {
    var groups: [ArraySlice<ScoreNote>] = []
    var first = 0
    for index in notes.indices
    where index + 1 == notes.count || notes[index + 1].start != notes[index].start {
      groups.append(notes[first...index])
      first = index + 1
    }
    var (moving, held) = (Voice(), Voice())
    for (index, group) in groups.enumerated() {
      guard let lowest = group.first else { continue }
      let isFree = held.chords.last.map { $0.end <= lowest.start } ?? true
      let end = isFree ? Self.end(of: lowest, under: groups[(index + 1)...], beat: beat) : nil
      if let end { held.add(group.prefix(1), until: end) }
      let rest = end == nil ? group : group.dropFirst()
      if let end = rest.lazy.map(\.end).max() { moving.add(rest, until: end) }
    }
    moving.fillRests(eighth: eighth)
    return held.chords.isEmpty ? [moving] : [moving, held]
  }

  /// Returns the end of a note that is held while at least two others begin above it; nil for other notes.
  private static func end(
    of note: ScoreNote,
    under groups: ArraySlice<ArraySlice<ScoreNote>>,
    beat: Int
  ) -> Int? {
    var count = 0
    for group in groups {
      guard let lowest = group.first, lowest.start < note.end else { break }
      if lowest.pitch <= note.pitch {
        return count > 1 && lowest.start - note.start >= beat ? lowest.start : nil
      }
      count += 1
    }
    return count > 1 && note.end - note.start >= beat ? note.end : nil
  }

  /// Adds notes that begin together, and ends what sounds then.
  private mutating func add(_ notes: ArraySlice<ScoreNote>, until end: Int) {
    guard let start = notes.first?.start else { return }
    if let last = chords.last, last.end > start { chords[chords.count - 1].end = start }
    chords.append(Chord(start: start, end: end, pitches: Set(notes.map(\.pitch)).sorted()))
  }

  private mutating func fillRests(eighth: Int) {
    for index in chords.indices.dropLast() {
      let (start, next) = (chords[index].start, chords[index + 1].start)
      let end = min(next, max(chords[index].end, (start / eighth + 1) * eighth))
      chords[index].end = next - end <= end - start ? next : end
    }
  }

  /// Returns the chords and rests that fill a bar.
  func pieces(in bar: QuantisedScore.Bar) -> [Piece] {
    // The first chord that ends after the beginning of the bar.
    var (first, end) = (0, chords.count)
    while first < end {
      let middle = (first + end) / 2
      if chords[middle].end <= bar.start { first = middle + 1 } else { end = middle }
    }
    var pieces: [Piece] = []
    var place = bar.start
    for chord in chords[first...].prefix(while: { $0.start < bar.end }) {
      if chord.start > place { pieces.append(Piece(start: place, end: chord.start, pitches: [])) }
      place = min(chord.end, bar.end)
      pieces.append(
        Piece(
          start: max(chord.start, bar.start),
          end: place,
          pitches: chord.pitches,
          isContinued: chord.start < bar.start,
          goesOn: chord.end > bar.end
        )
      )
    }
    if place < bar.end { pieces.append(Piece(start: place, end: bar.end, pitches: [])) }
    return pieces
  }
}
