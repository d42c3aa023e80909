import Audio
import CommandLanguage
import Figures
import Foundation
import Sessions
import Training
import Wording

/// `score played.mid heard.mid`
package struct ScoreCommand: Command {
  private static let reference = CommandArgument.required(
    "reference",
    .fileToRead(extensions: NoteList.extensions, orNameOf: "shipped recording"),
    "what was played, or the name of a recording that ships"
  )
  private static let estimate = CommandArgument.required(
    "estimate",
    .fileToRead(extensions: NoteList.extensions),
    "the transcription"
  )
  private static let onset = CommandArgument(
    "onset",
    .number(above: 0, through: 10),
    "how far a note may begin from the one played",
    unit: "seconds",
    default: 0.05
  )
  private static let frames = CommandArgument(
    "frames",
    .number(in: 0.0001...10),
    "the time from frame to frame",
    unit: "seconds",
    default: 0.01
  )

  /// The files whose notes the sustain pedal prolongs.
  private enum Pedal: String, CaseIterable {
    case off
    case on
    case both
  }

  private static let pedal = CommandArgument(
    "pedal",
    .choice(Pedal.self),
    "whether the sustain pedal prolongs notes: of no file, of the reference, of both",
    default: .off
  )

  package static let declaration = CommandDeclaration(
    name: "score",
    summary: "Compare the notes of a transcription with those that were played",
    discussion: """
      Both are MIDI files, tables with the columns onset, offset (in seconds) and pitch or name, label tables \
      of MusicNet, or files of mir_eval: lines of onset, offset, pitch in Hz and perhaps velocity, parted by blanks, \
      tabs or commas, without names of columns. Tables may have further columns; their values are parted by commas, \
      semicolons or tabs, and where these are no commas, numbers may have decimal commas. A line that is no note is \
      skipped and told; `set strict=on` refuses the file.

      A note is found if the transcription has one of the same pitch that begins within `onset=` of it; in the \
      second row it must also end within a fifth of its duration, or 50 ms. Each note counts once, so that as many as \
      possible are found. Precision is the share of the transcription's notes that are right, recall the share of the \
      played notes that are found, F1 their harmonic mean; overlap is how much of the time of two matched notes \
      they share. These are the scores of mir_eval.

      Notes end where their keys are released. With `pedal=on` those of a reference in MIDI that the sustain pedal \
      (controller 64) holds last until it is released or the key is struck again, as in the notes of MAESTRO; with \
      `pedal=both` those of the transcription too.

      Where most notes are late or early by the same time, up to five seconds, and F1 would be much better without, \
      that is told; the scores are those of the files as they are.

      Then the notes that sound are compared every `frames=` seconds; in the last row octaves do not count. \
      Accuracy is right / (right + missed + extra). The errors are shares of the played notes, and add up: \
      wrong notes in place of others, notes missed, notes extra (MIREX multi-pitch).
      """,
    signature: Signature(positionals: [reference, estimate], options: [onset, frames, pedal]),
    examples: [
      .init("score played.csv heard.csv", "three notes, two of them found in time"),
      .init(
        "let r = score played.csv heard.csv onset=0.3\nassert $r.onsets.f1 == 1",
        "with more time all are found"
      ),
    ],
    category: Category.looking
  )

  private let arguments: BoundArguments

  package init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
  }

  package func run(in session: Session) throws -> Value {
    let pedal = arguments[Self.pedal]
    let reference = try notes(Self.reference, isHeld: pedal != .off, in: session)
    let estimate = try notes(Self.estimate, isHeld: pedal == .both, in: session)
    let onset = arguments[Self.onset]
    guard NoteScore.closePairs(reference, estimate, within: onset) <= Self.mostPairs else {
      throw arguments.error(
        on: Self.reference,
        "more than \(grouped(Self.mostPairs)) pairs of notes begin close together",
        remedy: "choose a smaller onset=, or compare parts of the files"
      )
    }
    let report = ScoreReport(
      reference: reference,
      estimate: estimate,
      onset: onset,
      hop: arguments[Self.frames]
    )
    report.show(in: session)
    return .record(report.record)
  }

  /// The maximum number of pairs of notes to match, which take some hundred MB.
  private static let mostPairs = 5_000_000

  private func notes(
    _ argument: CommandArgument<String>,
    isHeld: Bool,
    in session: Session
  ) throws -> [NoteEvent] {
    let list = try Diagnostic.about(argument) { try session.notes(in: arguments[argument]) }
    for remark in list.remarks { try session.remark(remark) }
    guard isHeld else { return list.notes }
    if list.pedals.isEmpty {
      session.emit("\(arguments[argument]): no pedal is pressed in it; notes end with their keys")
    }
    return list.notes.held(by: list.pedals)
  }
}
