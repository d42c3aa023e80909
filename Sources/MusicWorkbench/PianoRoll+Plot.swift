import Audio
import CommandLanguage
import Figures
import Foundation
import Sessions
import Tasks
import Tensors
import Training

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

  package static let plotted = PlottedFigure(
    name: "roll",
    summary: "what a network of music hears in held-out music, beside what sounds",
    discussion: """
      Seconds run to the right, pitches upwards; the colour behind is the probability of each note, the boxes are \
      notes: right, missed and extra ones, compared by pitch and onset within 50 ms. Without `recording=` the \
      first test recording is heard, of `data notes` a piece of its own.
      """,
    options: [recording, from, seconds],
    examples: [
      .init(
        """
        data notes window=256 batch=2; model rse maps=4 blocks=1; train 2
        plot roll seconds=1 roll.png
        """,
        "what a network hears in made-up music"
      )
    ]
  ) { request, session in
    let slot = try request.onlySlot()
    let model = try session.boundModel(named: slot.name)
    let data: MusicData = try model.data.typed(for: "a piano roll is")
    let music = try heldOut(data, request.arguments)
    let start = request.arguments[from]
    let length = request.arguments[seconds]
    let (samples, notes) = data.excerpt(
      of: music,
      from: start,
      seconds: length,
      source: RandomSource(seed: model.trainer.settings.seed)
    )
    guard !samples.isEmpty else {
      throw request.arguments.error(
        on: from,
        "the recording `\(music.name)` is shorter",
        remedy: "choose a smaller from="
      )
    }
    let listener = Listener(name: slot.name, trainer: model.trainer, ear: .sounding(data))
    let heard = try listener.probabilities(of: samples, called: data.name, data, in: session)
    let found = NoteFinder().notes(in: heard, frameRate: Listener.frameRate)
    let verdict = Verdict(found: found, reference: notes)
    func shifted(_ notes: [NoteEvent]) -> [NoteEvent] {
      notes.map { note in
        var note = note
        note.onset += start
        note.offset += start
        return note
      }
    }
    let roll = PianoRoll(
      title: request.title ?? (data.form.path == nil ? "Made-up music" : "Recording \(music.name)"),
      subtitle: "\(slot.name), step \(grouped(model.trainer.step))",
      probabilities: Probabilities(values: heard, frameRate: Listener.frameRate, start: start),
      notes: .compared(
        Verdict(
          right: shifted(verdict.right),
          missed: shifted(verdict.missed),
          extra: shifted(verdict.extra)
        )
      ),
      seconds: start...start + Double(samples.count) / Double(MusicForm.rate)
    )
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

  private static func heldOut(
    _ data: MusicData,
    _ arguments: BoundArguments
  ) throws -> MusicData.HeldOut {
    let music = (data.heldOut(.test) + data.heldOut(.validation)).filter(\.hasSound)
    guard let first = music.first else {
      throw Diagnostic(
        "there is no recording to listen to",
        remedy: "choose data with `data notes` or `data musicnet path=…`"
      )
    }
    guard let name = arguments[recording] else { return first }
    guard let piece = music.first(where: { $0.name == name }) else {
      throw arguments.error(
        on: recording,
        "there is no held-out recording `\(name)`",
        remedy: "there are: \(music.map(\.name).joined(separator: ", "))"
      )
    }
    return piece
  }
}

extension PianoRoll.Verdict {
  /// Found notes compared with those of a reference by pitch and onset.
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
