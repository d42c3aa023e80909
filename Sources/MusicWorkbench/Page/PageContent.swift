import Audio
import Foundation

/// What a page shows, as JSON that its script reads.
struct PageContent {
  /// The name of the recording.
  var title: String
  /// What was found, in a line.
  var summary: String
  /// What has made the page.
  var origin: String
  var notes: PianoRoll.Notes
  /// The length of the recording.
  var seconds: Double
  /// Nil where the page plays the notes alone.
  var sound: PageSound?

  /// The JSON, with nothing in it that HTML could take for a tag.
  ///
  /// Names are in alphabetical order: the same notes give the same bytes.
  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let bytes = try? encoder.encode(document) else {
      preconditionFailure("integers and texts can be encoded")
    }
    return String(decoding: bytes, as: UTF8.self).replacing("<", with: "\\u003c")
  }

  /// Parts of a second in which times are given.
  private static let unit = 10_000

  /// The JSON's names.
  private struct Document: Encodable {
    let title, summary, origin: String
    let seconds: Double
    let compared: Bool
    let parts: [Part]
    /// What the numbers of a note are.
    let fields = ["onset", "duration", "pitch", "velocity", "confidence", "part", "verdict"]
    /// Times are in parts of a second, confidences in thousandths; what is not known is null.
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

  /// The notes in order of onset, with 0 for found and right ones, 1 for extra, 2 for missed ones.
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
