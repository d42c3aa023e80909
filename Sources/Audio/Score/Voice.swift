/// Notes of a staff that follow one another.
struct Voice {
  /// Notes that begin and end together.
  private struct Chord {
    let start: Int
    var end: Int
    /// By pitch, the lowest first.
    let pitches: [Int]
  }

  /// What of a chord or a rest is in one bar.
  struct Piece {
    let start: Int
    let end: Int
    /// By pitch, the lowest first; none of a rest.
    let pitches: [Int]
    /// Whether the chord began before the bar.
    var isContinued = false
    /// Whether it ends behind the bar.
    var goesOn = false
  }

  /// The chords by start; none begins before the one before it ends.
  private var chords: [Chord] = []

  /// The voices of the notes of one staff: what moves, and low notes that are held under it, where there are any.
  ///
  /// A note lasts to the next one of its voice at most. What moves is written longer than it was played where that
  /// saves rests: to the end of its eighth, and to the next note if the rest between them were no longer than the note.
  ///
  /// - Parameters:
  ///   - notes: by start, then by pitch.
  ///   - beat: the steps of a beat.
  ///   - eighth: the steps of an eighth, at least one.
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

  /// When a note ends that is held while at least two others begin above it; nil of other notes.
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

  /// Adds notes that begin together; what sounds then ends.
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

  /// The chords and rests that fill a bar.
  func pieces(in bar: QuantisedScore.Bar) -> [Piece] {
    // The first chord that ends behind the beginning of the bar.
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
