import Audio
import Foundation

/// The content of a page, as JSON that its script reads.
struct PageContent {
  /// The name of the recording.
  var title: String
  /// A one-line summary of the notes found.
  var summary: String
  /// The creator of the page, in a sentence.
  var origin: String
  var notes: PianoRoll.Notes
  /// The length of the recording in seconds.
  var seconds: Double
  /// The sound of the recording; nil if the page plays the notes alone.
  var sound: PageSound?

  /// The JSON, without anything that HTML could parse as a tag.
  ///
  /// Names are in alphabetical order, so that the same notes give the same bytes.
  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let bytes = try? encoder.encode(document) else {
      preconditionFailure("integers and texts can be encoded")
    }
    return String(decoding: bytes, as: UTF8.self).replacing("<", with: "\\u003c")
  }

  /// The number of units of time per second.
  private static let unit = 10_000

  /// The JSON document with its names.
  private struct Document: Encodable {
    let title, summary, origin: String
    let seconds: Double
    let compared: Bool
    let parts: [Part]
    /// The names of a note's numbers.
    let fields = ["onset", "duration", "pitch", "velocity", "confidence", "part", "verdict"]
    /// The number of units of time per second; confidences are in thousandths, and unknown values are null.
    let unit = PageContent.unit
    let notes: [[Int?]]
    let sound: Sound?
  }

  private struct Part: Encodable {
    let program: Int
    let name: String
  }

  private struct Sound: Encodable {
    let rate, frames, piece, margin, delay: Int
  }

  private var document: Document {
    let judged = judged
    let programs = Set(judged.compactMap(\.note.program)).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(programs, 0...))
    return Document(
      title: title,
      summary: summary,
      origin: origin,
      seconds: (seconds * Double(Self.unit)).rounded() / Double(Self.unit),
      compared: isCompared,
      parts: programs.map { Part(program: $0, name: GeneralMIDI.name(ofProgram: $0)) },
      notes: judged.map {
        Self.row($0.note, $0.verdict, part: $0.note.program.flatMap { places[$0] })
      },
      sound: sound.map {
        Sound(
          rate: PageSound.rate,
          frames: $0.frames,
          piece: PageSound.pieceFrames,
          margin: PageSound.margin,
          delay: MP3Encoder.delay
        )
      }
    )
  }

  private var isCompared: Bool { if case .compared = notes { true } else { false } }

  /// The notes in order of onset, with 0 for found or right, 1 for extra and 2 for missed notes.
  private var judged: [(note: NoteEvent, verdict: Int)] {
    let all: [(note: NoteEvent, verdict: Int)] =
      switch notes {
      case .found(let notes): notes.map { ($0, 0) }
      case .compared(let verdict):
        verdict.right.map { ($0, 0) } + verdict.extra.map { ($0, 1) }
          + verdict.missed.map { ($0, 2) }
      }
    return all.sorted {
      ($0.note.onset, $0.note.pitch, $0.verdict) < ($1.note.onset, $1.note.pitch, $1.verdict)
    }
  }

  private static func row(_ note: NoteEvent, _ verdict: Int, part: Int?) -> [Int?] {
    let onset = ticks(note.onset)
    return [
      onset, ticks(note.offset) - onset, note.pitch, note.velocity,
      note.confidence.map { Int(($0 * 1000).rounded()) }, part, verdict,
    ]
  }

  private static func ticks(_ seconds: Double) -> Int { Int((seconds * Double(unit)).rounded()) }
}
