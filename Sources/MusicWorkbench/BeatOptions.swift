import Audio
import CommandLanguage

/// What a transcription is told of beats: `tempo=` and `quantise=`.
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

  /// Quarter notes a minute unless told otherwise, and where the notes do not tell.
  static let usualTempo = 120.0
  private static let heard = "auto"

  /// Quarter notes a minute; nil where they are heard.
  private(set) var tempo: Double? = usualTempo
  /// The steps of a score.
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
