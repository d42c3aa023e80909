import Tensors

/// A note that sounds from one time to another.
package struct NoteEvent: Hashable, Sendable {
  /// When it begins, in seconds from the start of the recording.
  package var onset: Double
  /// When it ends, in seconds; not before its onset.
  package var offset: Double
  /// The MIDI note number, 0 … 127; 69 is the A of 440 Hz.
  package var pitch: Int {
    get { Int(small.pitch) }
    set { small.pitch = Self.small(newValue) }
  }
  /// How loud it is, 1 … 127.
  package var velocity: Int {
    get { Int(small.velocity) }
    set { small.velocity = Self.small(newValue) }
  }
  /// The General MIDI program, 0 … 127; nil where it is not known.
  package var program: Int? {
    get { small.program.map(Int.init) }
    set { small.program = newValue.map(Self.small) }
  }
  /// How sure a transcription is of it, 0 … 1; nil for notes that are known.
  package var confidence: Double?

  /// The small numbers in as many bytes, since files have hundreds of thousands of notes.
  private struct Small: Hashable {
    var pitch: UInt8 = 0
    var velocity: UInt8 = 0
    var program: UInt8?
  }

  private var small = Small()

  /// The note so many seconds later.
  package func moved(by seconds: Double) -> NoteEvent {
    var note = self
    (note.onset, note.offset) = (onset + seconds, offset + seconds)
    return note
  }

  private static func small(_ number: Int) -> UInt8 {
    precondition((0...127).contains(number), "numbers of MIDI are from 0 to 127")
    return UInt8(number)
  }

  package init(
    onset: Double,
    offset: Double,
    pitch: Int,
    velocity: Int = 64,
    program: Int? = nil,
    confidence: Double? = nil
  ) {
    self.onset = onset
    self.offset = offset
    self.confidence = confidence
    self.pitch = pitch
    self.velocity = velocity
    self.program = program
  }
}

/// Names and frequencies of MIDI note numbers.
package enum Pitch {
  /// The note numbers there are.
  package static let range = 0...127
  private static let names = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]

  /// The name with its octave, such as `C4` for 60.
  package static func name(_ pitch: Int) -> String {
    let octave = Int((Double(pitch) / 12).rounded(.down)) - 1
    return names[((pitch % 12) + 12) % 12] + String(octave)
  }

  /// How far signs behind a letter move it, in semitones; a longer sign comes before its beginning.
  private static let accidentals = [
    ("##", 2), ("#", 1), ("♯♯", 2), ("♯", 1), ("𝄪", 2), ("BB", -2), ("B", -1), ("♭♭", -2),
    ("♭", -1),
    ("𝄫", -2), ("♮", 0),
  ]

  /// The number of a name such as `C4`, `F#3`, `B♭2`; nil for other texts and beyond 0 … 127.
  package static func number(_ name: String) -> Int? {
    // Signs for the minus of an octave, and selectors of variants that some fonts need.
    var rest = name.uppercased().replacing("−", with: "-").filter { $0 != "\u{FE0E}" }[...]
    guard let letter = rest.popFirst(), let index = names.firstIndex(of: String(letter)) else {
      return nil
    }
    var step = index
    if let accidental = accidentals.first(where: { rest.hasPrefix($0.0) }) {
      step += accidental.1
      rest = rest.dropFirst(accidental.0.count)
    }
    guard let octave = Int(rest), (-1...9).contains(octave) else { return nil }
    let number = 12 * (octave + 1) + step
    return range.contains(number) ? number : nil
  }

  /// The frequency in Hz at equal temperament.
  package static func frequency(_ pitch: Double) -> Double {
    440 * Real.exp2((pitch - 69) / 12)
  }
}
