import Audio
import CommandLanguage

/// The beat options of a transcription: `tempo=` and `quantise=`.
struct BeatOptions {
  static let tempo = CommandArgument(
    "tempo",
    .word,
    "what the MIDI file says of the tempo; with auto it is heard, bars and all",
    unit: "quarter notes a minute",
    otherwise: "\(NumberFormat.short(usualTempo)), or auto with quantise="
  )
  static let quantise = CommandArgument(
    "quantise",
    .choice(ScoreGrid.self),
    "the shortest notes of a score, which is written as song.musicxml and song.quantised.mid",
    otherwise: "no score is written"
  )

  /// The default number of quarter notes per minute, also used if the notes do not reveal a tempo.
  static let usualTempo = 120.0
  private static let heard = "auto"

  /// The number of quarter notes per minute; nil if it is detected.
  private(set) var tempo: Double? = usualTempo
  /// The steps of a score; nil for no score.
  private(set) var steps: ScoreGrid?

  init() {}

  init(_ arguments: BoundArguments) throws {
    steps = arguments[Self.quantise]
    guard let text = arguments[Self.tempo] else {
      tempo = steps == nil ? Self.usualTempo : nil
      return
    }
    if text == Self.heard {
      tempo = nil
      return
    }
    guard let number = Double(text), MIDIWriter.tempi.contains(number) else {
      let range = MIDIWriter.tempi
      throw arguments.error(
        on: Self.tempo,
        "`\(text)` is no tempo",
        remedy: "give \(NumberFormat.short(range.lowerBound)) to "
          + "\(NumberFormat.short(range.upperBound)) quarter notes a minute, or \(Self.heard)"
      )
    }
    tempo = number
  }
}
