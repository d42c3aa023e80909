import Audio
import Foundation

@testable import Training

/// Values of the scores that other programs give; the file names them and their versions.
struct ScoreReference: Decodable {
  struct Precision: Decodable, CustomStringConvertible {
    let name: String
    let scores: [Float]
    let labels: String
    let value: Double

    var description: String { name }
    var isTrue: [Bool] { labels.map { $0 == "1" } }
  }

  struct Notes: Decodable, CustomStringConvertible {
    let name: String
    let reference: [[Double]]
    let estimate: [[Double]]
    /// Precision, recall, F1 and average overlap ratio.
    let onsets, offsets, narrow: [Double]
    /// Frames 10 ms apart, in the order of `FrameScore.values`.
    let frames: [Double]

    var description: String { name }
    var referenceNotes: [NoteEvent] { reference.map(Self.note) }
    var estimateNotes: [NoteEvent] { estimate.map(Self.note) }

    private static func note(_ row: [Double]) -> NoteEvent {
      NoteEvent(onset: row[0], offset: row[1], pitch: Int(row[2]))
    }
  }

  struct Frames: Decodable, CustomStringConvertible {
    let name: String
    let reference: [[Int]]
    let estimate: [[Int]]
    let values: [Double]

    var description: String { name }
  }

  let averagePrecision: [Precision]
  let longAveragePrecision: Double
  let notes: [Notes]
  let frames: [Frames]

  static let file: ScoreReference? = {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Goldens/scores.json")
    return try? JSONDecoder().decode(ScoreReference.self, from: Data(contentsOf: url))
  }()

  static let precisionCases = file?.averagePrecision ?? []
  static let noteCases = file?.notes ?? []
  static let frameCases = file?.frames ?? []
}

extension FrameScore {
  /// The measures in the order of `mir_eval.multipitch.metrics`.
  var values: [Double] {
    [exact, chroma].flatMap {
      [
        $0.precision, $0.recall, $0.accuracy, $0.substitution, $0.miss, $0.falseAlarm,
        $0.totalError,
      ]
    }
  }
}

extension NoteScore {
  /// Precision, recall, F1 and average overlap ratio.
  var values: [Double] { [precision, recall, f1, averageOverlapRatio] }
}

/// The largest difference of two lists of numbers; infinity where their lengths differ.
func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).map { abs($0 - $1) }.max() ?? 0
}
