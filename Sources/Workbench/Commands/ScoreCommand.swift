import Audio
import CommandLanguage
import Foundation
import Training

/// `score played.mid heard.mid`
struct ScoreCommand: Command {
  static let declaration = CommandDeclaration(
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
    signature: Signature(
      positionals: [
        .required(
          "reference",
          .fileToRead(extensions: NoteList.extensions, orNameOf: "shipped recording"),
          "what was played, or the name of a recording that ships"
        ),
        .required("estimate", .fileToRead(extensions: NoteList.extensions), "the transcription"),
      ],
      options: [
        .optional(
          "onset",
          .number(.above(0, through: 10)),
          "how far a note may begin from the one played",
          unit: "seconds",
          default: "0.05"
        ),
        .optional(
          "frames",
          .number(.from(0.0001, through: 10)),
          "the time from frame to frame",
          unit: "seconds",
          default: "0.01"
        ),
      ]
    ),
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

  init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
  }

  func run(in session: Session) throws -> Value {
    let reference = try notes("reference", in: session)
    let estimate = try notes("estimate", in: session)
    let onset = arguments.optionalNumber("onset") ?? 0.05
    guard NoteScore.closePairs(reference, estimate, within: onset) <= Self.mostPairs else {
      throw arguments.error(
        on: "reference",
        "more than \(grouped(Self.mostPairs)) pairs of notes begin close together",
        remedy: "choose a smaller onset=, or compare parts of the files"
      )
    }
    let report = ScoreReport(
      reference: reference,
      estimate: estimate,
      onset: onset,
      hop: arguments.optionalNumber("frames") ?? 0.01
    )
    report.lines(width: session.width).forEach(session.print)
    return .record(report.record)
  }

  /// Pairs of notes that may be matched: some hundred MB.
  private static let mostPairs = 5_000_000

  private func notes(_ argument: String, in session: Session) throws -> [NoteEvent] {
    let file = try arguments.text(argument)
    do {
      let list = try session.notes(in: file)
      list.remarks.forEach(session.print)
      return list.notes
    } catch {
      throw arguments.error(on: argument, error.message, remedy: error.remedy)
    }
  }
}
