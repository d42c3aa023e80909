import Audio
import CommandLanguage
import Foundation
import Tensors

/// `render song.mid song.wav`
struct RenderCommand: Command {
  static let declaration = CommandDeclaration(
    name: "render",
    summary: "Play notes into a sound file",
    discussion: """
      The notes are those of a MIDI file or a table (.csv) with the columns onset, offset (in seconds) and pitch or \
      name. The built-in synthesiser plays them, each on the instrument that the MIDI file gives it. The same notes \
      give the same samples.
      """,
    signature: Signature(
      positionals: [
        .required(
          "notes",
          .fileToRead(extensions: NoteList.extensions, orNameOf: "shipped recording"),
          "what is played, or the name of a recording that ships"
        ),
        .required("file", .fileToWrite(extensions: ["wav"]), "the sound"),
      ],
      options: [
        .optional(
          "program",
          .integer(.from(0, through: 127)),
          "the General MIDI program of notes that have none, 0 for a piano",
          default: "0"
        ),
        .optional(
          "rate",
          .integer(.from(4000, through: 192_000)),
          "the sampling rate",
          unit: "Hz",
          default: "22050"
        ),
      ]
    ),
    examples: [.init("render played.csv played.wav", "three notes on a piano")],
    category: Category.files
  )

  private let arguments: BoundArguments
  private let file: String

  init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
    file = try arguments.text("file")
  }

  func run(in session: Session) throws -> Value {
    let notes: [NoteEvent]
    do {
      let list = try session.notes(in: try arguments.text("notes"))
      list.remarks.forEach(session.print)
      notes = list.notes
    } catch {
      throw arguments.error(on: "notes", error.message, remedy: error.remedy)
    }
    let rate = arguments.optionalInteger("rate") ?? Sonification.rate
    let end = notes.map(\.offset).max() ?? 0
    guard end * Double(rate) <= Double(Self.mostSamples) else {
      throw arguments.error(
        on: "notes",
        "the last note ends after \(grouped(Int(end))) s, which are too many samples",
        remedy: "use a smaller rate=, or play a part"
      )
    }
    var synthesiser = Synthesiser(rate: Double(rate))
    synthesiser.program = arguments.optionalInteger("program") ?? 0
    let samples = synthesiser.render(notes)
    try session.checkInterruption()
    guard let header = WavePCM.header(frames: samples.count, channels: 1, rate: rate) else {
      preconditionFailure("not too many samples")
    }
    try session.write(to: file) { write in
      try header.withUnsafeBytes(write)
      try samples.map(WavePCM.code).withUnsafeBytes(write)
    }
    let seconds = Double(samples.count) / Double(rate)
    let count = notes.count == 1 ? "1 note" : "\(grouped(notes.count)) notes"
    session.printResult("\(file)  \(count) in \(Transcription.length(seconds))")
    return .record([
      "notes": .number(Double(notes.count)), "seconds": .number(seconds), "file": .text(file),
    ])
  }

  /// Samples that are made at most: 720 MB of memory, an hour and a half at 22,050 Hz.
  private static let mostSamples = 120_000_000
}
