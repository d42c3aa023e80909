import Audio
import CommandLanguage
import Figures
import Foundation
import Sessions
import Training

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

  package static let declaration = CommandDeclaration(
    name: "score",
    summary: "Compare the notes of a transcription with those that were played",
    discussion: """
      Both are MIDI files, or tables (.csv) with the columns onset, offset (in seconds) and pitch or name, or \
      label tables of MusicNet.

      A note is found if the transcription has one of the same pitch that begins within `onset=` of it; in the \
      second row it must also end within a fifth of its duration, or 50 ms. Each note counts once, so that as many as \
      possible are found. Precision is the share of the transcription's notes that are right, recall the share of the \
      played notes that are found, F1 their harmonic mean; overlap is how much of the time of two matched notes \
      they share. These are the scores of mir_eval.

      Then the notes that sound are compared every `frames=` seconds; in the last row octaves do not count. \
      Accuracy is right / (right + missed + extra). The errors are shares of the played notes, and add up: \
      wrong notes in place of others, notes missed, notes extra (MIREX multi-pitch).
      """,
    signature: Signature(positionals: [reference, estimate], options: [onset, frames]),
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
    let reference = try notes(Self.reference, in: session)
    let estimate = try notes(Self.estimate, in: session)
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
    report.lines(width: session.width).forEach { session.emit($0) }
    return .record(report.record)
  }

  /// Pairs of notes that may be matched: some hundred MB.
  private static let mostPairs = 5_000_000

  private func notes(
    _ argument: CommandArgument<String>,
    in session: Session
  ) throws -> [NoteEvent] {
    let list = try Diagnostic.about(argument) { try session.notes(in: arguments[argument]) }
    list.remarks.forEach { session.emit($0) }
    return list.notes
  }
}
