import Audio
import CommandLanguage
import Figures
import Foundation
import Sessions
import Tensors
import Wording

/// `render song.mid song.wav`
package struct RenderCommand: Command {
  private static let notes = CommandArgument.required(
    "notes",
    .fileToRead(extensions: NoteList.extensions, orNameOf: "shipped recording"),
    "what is played, or the name of a recording that ships"
  )
  private static let file = CommandArgument.required(
    "file",
    .fileToWrite(extensions: ["wav"]),
    "the sound"
  )
  private static let program = CommandArgument(
    "program",
    .integer(in: 0...127),
    "the General MIDI program of notes that have none, 0 for a piano",
    default: 0
  )
  private static let rate = CommandArgument(
    "rate",
    .integer(in: 4000...192_000),
    "the sampling rate",
    unit: "Hz",
    default: Sonification.rate
  )

  package static let declaration = CommandDeclaration(
    name: "render",
    summary: "Play notes into a sound file",
    discussion: """
      The notes are those of a MIDI file or a table (.csv) with the columns onset, offset (in seconds) and pitch or \
      name. The built-in synthesiser plays them, each on the instrument that the MIDI file gives it. The same notes \
      give the same samples.
      """,
    signature: Signature(positionals: [notes, file], options: [program, rate]),
    examples: [.init("render played.csv played.wav", "three notes on a piano")],
    category: Category.files
  )

  private let arguments: BoundArguments
  private let file: String

  package init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
    file = arguments[Self.file]
  }

  package func run(in session: Session) throws -> Value {
    let list = try Diagnostic.about(Self.notes) {
      try session.notes(in: arguments[Self.notes])
    }
    for remark in list.remarks { try session.remark(remark) }
    let notes = list.notes
    let rate = arguments[Self.rate]
    let end = notes.map(\.offset).max() ?? 0
    guard end * Double(rate) <= Double(Self.mostSamples) else {
      throw arguments.error(
        on: Self.notes,
        "the last note ends after \(grouped(Int(end))) s, which are too many samples",
        remedy: "use a smaller rate=, or play a part"
      )
    }
    var synthesiser = Synthesiser(rate: Double(rate))
    synthesiser.program = arguments[Self.program]
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
    let count = counted(notes.count, "note")
    session.emit("\(file)  \(count) in \(Transcription.length(seconds))", .arithmetic)
    return .record([
      "notes": .number(Double(notes.count)), "seconds": .number(seconds), "file": .text(file),
    ])
  }

  /// The maximum number of samples: 720 MB of memory, an hour and a half at 22,050 Hz.
  private static let mostSamples = 120_000_000
}
