import Tensors

/// A note that sounds from one time to another.
package struct NoteEvent: Hashable, Sendable {
  /// The onset, in seconds from the start of the recording.
  package var onset: Double
  /// The end, in seconds; not before the onset.
  package var offset: Double
  /// The MIDI note number, 0 … 127; 69 is the A of 440 Hz.
  package var pitch: Int {
    get { Int(small.pitch) }
    set { small.pitch = Self.small(newValue) }
  }
  /// The loudness, 1 … 127.
  package var velocity: Int {
    get { Int(small.velocity) }
    set { small.velocity = Self.small(newValue) }
  }
  /// The General MIDI program, 0 … 127; nil if unknown.
  package var program: Int? {
    get { small.program.map(Int.init) }
    set { small.program = newValue.map(Self.small) }
  }
  /// The confidence of a transcription in the note, 0 … 1; nil for notes that are known.
  package var confidence: Double?

  /// The small numbers, one byte each because files have hundreds of thousands of notes.
  private struct Small: Hashable {
    var pitch: UInt8 = 0
    var velocity: UInt8 = 0
    var program: UInt8?
  }

  private var small = Small()

  /// Returns the note moved later by some seconds.
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
  /// The range of note numbers.
  package static let range = 0...127
  private static let names = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]

  /// Returns the name with its octave, such as `C4` for 60.
  package static func name(_ pitch: Int) -> String {
    let octave = Int((Double(pitch) / 12).rounded(.down)) - 1
    return names[((pitch % 12) + 12) % 12] + String(octave)
  }

  /// The shifts of accidentals after a letter, in semitones; a longer sign comes before its own prefix.
  private static let accidentals = [
    ("##", 2), ("#", 1), ("♯♯", 2), ("♯", 1), ("𝄪", 2), ("BB", -2), ("B", -1), ("♭♭", -2),
    ("♭", -1),
    ("𝄫", -2), ("♮", 0),
  ]

  /// Returns the number of a name such as `C4`, `F#3` or `B♭2`; nil for other texts and outside 0 … 127.
  package static func number(_ name: String) -> Int? {
    // The minus sign of an octave, and the variation selectors that some fonts need.
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

  /// Returns the frequency in Hz at equal temperament.
  package static func frequency(_ pitch: Double) -> Double {
    440 * Real.exp2((pitch - 69) / 12)
  }
}
