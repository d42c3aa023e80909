import Audio
import CommandLanguage
import Figures
import Foundation
import Sessions
import Tasks
import Tensors
import Training
import Wording

extension PianoRoll {
  private static let recording = CommandArgument(
    "recording",
    .word,
    "the number of a test recording",
    otherwise: "the first"
  )
  private static let from = CommandArgument(
    "from",
    .number(in: 0...1e5),
    "where the stretch begins",
    unit: "seconds",
    default: 0
  )
  private static let seconds = CommandArgument(
    "seconds",
    .number(in: 0.5...3600),
    "how long the stretch is",
    unit: "seconds",
    default: 12
  )

  private static let row = CommandArgument(
    "row",
    .number(in: 0.5...3600),
    "how long a row is",
    unit: "seconds",
    otherwise: "about 30, and 8 rows at most"
  )
  private static let keyboard = CommandArgument(
    "keyboard",
    .boolean,
    "whether the keys of a piano stand beside the pitches",
    default: false
  )
  /// The maximum number of rows of a figure.
  private static let mostRows = 60

  package static let plotted = PlottedFigure(
    name: "roll",
    summary: "what a network of music hears in held-out music, beside what sounds",
    discussion: """
      Seconds run to the right, pitches upwards; the colour behind is the probability of each note, the boxes are \
      notes: right, missed and extra ones, compared by pitch and onset within 50 ms. Without `recording=` the \
      first test recording is heard, of `data notes` a piece of its own. Stretches of more than half a minute take several \
      rows, of `row=` seconds each.
      """,
    options: [recording, from, seconds, row, keyboard],
    examples: [
      .init(
        """
        data notes window=256 batch=2; model rse maps=4 blocks=1; train 2
        plot roll seconds=1 roll.png
        """,
        "what a network hears in made-up music"
      ),
      .init(
        """
        data notes window=256 batch=2; model rse maps=4 blocks=1; train 2
        plot roll seconds=2 row=1 keyboard=on roll.png
        """,
        "in two rows, with the keys of a piano"
      ),
    ]
  ) { request, session in
    let slot = try request.onlySlot()
    let model = try session.boundModel(named: slot.name)
    let (pieces, ear) = try heldOut(model, request.arguments)
    let start = request.arguments[from]
    let music = try chosen(pieces, request.arguments)
    let (samples, notes) = music.excerpt(start, request.arguments[seconds])
    guard !samples.isEmpty else {
      throw request.arguments.error(
        on: from,
        "the recording `\(music.name)` is shorter",
        remedy: "choose a smaller from="
      )
    }
    if let row = request.arguments[row],
      Double(samples.count) > row * Double(MusicForm.rate) * Double(mostRows)
    {
      throw request.arguments.error(
        on: Self.row,
        "a figure has \(mostRows) rows at most",
        remedy: "choose longer rows, or a shorter stretch with seconds="
      )
    }
    let listener = Listener(name: slot.name, trainer: model.trainer, ear: ear)
    let (heard, found) = try listener.roll(of: samples, called: model.data.name, in: session)
    let verdict = Verdict(found: found, reference: notes)
    func shifted(_ notes: [NoteEvent]) -> [NoteEvent] {
      notes.map { note in
        var note = note
        note.onset += start
        note.offset += start
        return note
      }
    }
    let end = start + Double(samples.count) / Double(MusicForm.rate)
    var roll = PianoRoll(
      title: request.title ?? (music.isMade ? "Made-up music" : "Recording \(music.name)"),
      subtitle: "\(slot.name), step \(grouped(model.trainer.step))",
      probabilities: Probabilities(values: heard, frameRate: Listener.frameRate, start: start),
      notes: .compared(
        Verdict(
          right: shifted(verdict.right),
          missed: shifted(verdict.missed),
          extra: shifted(verdict.extra)
        )
      ),
      seconds: start...end
    )
    roll.hasKeyboard = request.arguments[keyboard]
    if let row = request.arguments[row] {
      roll.rowSeconds = row
      roll.rowsPerPage = mostRows
    }
    return Plot(
      figure: roll.pages[0],
      slots: request.slots,
      values: [
        "right": .number(Double(verdict.right.count)),
        "missed": .number(Double(verdict.missed.count)),
        "extra": .number(Double(verdict.extra.count)),
      ]
    )
  }

  /// A held-out piece of music.
  private struct Piece {
    let name: String
    let isMade: Bool
    /// Returns the samples and notes of a stretch, given its start and length in seconds.
    let excerpt: (_ start: Double, _ seconds: Double) -> (samples: [Float], notes: [NoteEvent])
  }

  /// Returns all held-out music, and the kind of output that the model has for it.
  private static func heldOut(
    _ model: Session.BoundModel,
    _ arguments: BoundArguments
  ) throws -> ([Piece], Listener.Ear) {
    let source = RandomSource(seed: model.trainer.settings.seed)
    if let data = try? model.data.typed(as: PerformanceData.self) {
      let pieces = data.pieces.map { piece in
        Piece(name: piece.name, isMade: piece.isMade) {
          data.excerpt(of: piece, from: $0, seconds: $1, source: source)
        }
      }
      return (pieces, .playing(data))
    }
    let data: MusicData = try model.data.typed(for: "a piano roll is")
    let music = (data.heldOut(.test) + data.heldOut(.validation)).filter(\.hasSound)
    let pieces = music.map { piece in
      Piece(name: piece.name, isMade: data.form.path == nil) {
        data.excerpt(of: piece, from: $0, seconds: $1, source: source)
      }
    }
    return (pieces, .sounding(data))
  }

  /// Returns the piece that `recording=` names, or the first.
  private static func chosen(_ pieces: [Piece], _ arguments: BoundArguments) throws -> Piece {
    guard let first = pieces.first else {
      throw Diagnostic(
        "there is no recording to listen to",
        remedy: "choose data with `data notes`, `data musicnet path=…` or `data performances`"
      )
    }
    guard let name = arguments[recording] else { return first }
    guard let piece = pieces.first(where: { $0.name == name }) else {
      throw arguments.error(
        on: recording,
        "there is no held-out recording `\(name)`",
        remedy: "there are: \(pieces.map(\.name).joined(separator: ", "))"
      )
    }
    return piece
  }
}

extension Listener {
  /// Returns the probabilities of the notes in music, [T, 128], and the notes found in them.
  fileprivate func roll(
    of samples: [Float],
    called name: String,
    in session: Session
  ) throws -> (probabilities: [Float], notes: [NoteEvent]) {
    switch ear {
    case .sounding(let data):
      let heard = try probabilities(of: samples, called: name, data, in: session)
      return (heard, NoteFinder().notes(in: heard, frameRate: Self.frameRate))
    case .playing(let data):
      let heard = try playing(of: samples, called: name, data, in: session)
      return (heard.probabilities, PlayingReader().read(heard, rate: Self.frameRate).notes)
    }
  }
}

extension PianoRoll.Verdict {
  /// Compares found notes with those of a reference by pitch and onset.
  init(found: [NoteEvent], reference: [NoteEvent]) {
    let pairs = NoteScore.matching(reference, found, .onsets)
    let (known, heard) = (Set(pairs.map(\.reference)), Set(pairs.map(\.estimate)))
    self.init(
      right: found.indices.filter(heard.contains).map { found[$0] },
      missed: reference.indices.filter { !known.contains($0) }.map { reference[$0] },
      extra: found.indices.filter { !heard.contains($0) }.map { found[$0] }
    )
  }
}
