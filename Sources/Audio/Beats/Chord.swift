/// Notes that begin together, struck by one finger or several.
struct Chord {
  /// The time of the stroke in seconds, the mean of the onsets.
  let time: Double
  /// Its notes by pitch, the lowest first; at least one.
  let notes: [NoteEvent]

  var lowest: Int { notes.first?.pitch ?? 0 }
  var highest: Int { notes.last?.pitch ?? 0 }
  /// The loudest velocity.
  var velocity: Int { notes.lazy.map(\.velocity).max() ?? 0 }
  /// The end of the last note, in seconds.
  var end: Double { notes.lazy.map(\.offset).max() ?? time }

  /// The longest gap between two successive onsets of a chord, in seconds.
  static let longestGap = 0.035
  /// The longest time from the first to the last onset, in seconds.
  static let longestSpread = 0.07

  private init(_ notes: some Collection<NoteEvent>) {
    time = notes.reduce(0) { $0 + $1.onset } / Double(notes.count)
    self.notes = notes.sorted { ($0.pitch, $0.onset) < ($1.pitch, $1.onset) }
  }

  /// Groups notes, in any order, into chords.
  static func chords(of notes: [NoteEvent]) -> [Chord] {
    let notes = notes.sorted {
      ($0.onset, $0.pitch, $0.offset, $0.velocity) < ($1.onset, $1.pitch, $1.offset, $1.velocity)
    }
    var chords: [Chord] = []
    var start = 0
    for index in notes.indices {
      let isLast =
        index + 1 == notes.count
        || notes[index + 1].onset - notes[index].onset > longestGap
        || notes[index + 1].onset - notes[start].onset > longestSpread
      if isLast {
        chords.append(Chord(notes[start...index]))
        start = index + 1
      }
    }
    return chords
  }
}
