/// Notes that begin together, as one finger or ten strike them.
struct Chord {
  /// When it is struck: the mean of the onsets, in seconds.
  let time: Double
  /// Its notes by pitch, the lowest first; at least one.
  let notes: [NoteEvent]

  var lowest: Int { notes.first?.pitch ?? 0 }
  var highest: Int { notes.last?.pitch ?? 0 }
  /// The loudest velocity.
  var velocity: Int { notes.lazy.map(\.velocity).max() ?? 0 }
  /// When its last note ends.
  var end: Double { notes.lazy.map(\.offset).max() ?? time }

  /// The longest pause between two notes of a chord, in seconds.
  static let longestGap = 0.035
  /// The longest time from its first to its last note.
  static let longestSpread = 0.07

  private init(_ notes: some Collection<NoteEvent>) {
    time = notes.reduce(0) { $0 + $1.onset } / Double(notes.count)
    self.notes = notes.sorted { ($0.pitch, $0.onset) < ($1.pitch, $1.onset) }
  }

  /// The chords of notes in any order.
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
