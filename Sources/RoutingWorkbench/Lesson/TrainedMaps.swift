import CommandLanguage
import Figures
import Sessions
import Training

/// The influence of inputs in a trained network that reverses sequences, for a lesson.
package struct TrainedMaps: Encodable, Sendable {
  /// The influence of each input of a length.
  struct Map: Encodable, Sendable {
    /// n.
    let length: Int
    /// The number of the network's Beneš blocks.
    let blocks: Int
    /// For the embedded input and for each column, [inputs · positions]: `InputInfluence.wired`, in ``unit``.
    let layers: [[Int]]
    /// [inputs · outputs]: `InputInfluence.answers`, in ``unit``.
    let answers: [Int]
  }

  /// The name of the model.
  let model: String
  /// The statements that reproduce the maps.
  let origin: String
  let maps: [Map]

  /// The bundled model that is traced.
  package static let model = "rev"

  /// The questions to the model: symbols 1 … 11, so that neighbours differ.
  private static let questions = [
    "1 2 3 4 5 6 7 8", "1 2 3 4 5 6 7 8 9 10 11 1 2 3 4 5",
  ]

  /// The number that represents an influence of 1.
  private static let unit: Float = 10_000

  /// Loads the bundled model and traces it.
  ///
  /// - Parameter session: one with all commands; loads the model.
  /// - Returns: nil if the model is missing or the user interrupts.
  /// - Throws: a diagnostic if it cannot be loaded.
  package static func traced(in session: Session) throws(Diagnostic) -> TrainedMaps? {
    guard let shipped = ShippedModel.named(model) else { return nil }
    // By its path, as a file of the same name in the folder would take precedence.
    guard let path = Value.text(shipped.path).literal,
      try submit("load \(path)", in: session)
    else { return nil }
    var maps: [Map] = []
    for question in questions {
      guard try submit("trace \(question) quiet=on", in: session),
        let trace = session.currentModel?.traced?.trace, let influence = trace.influence
      else { return nil }
      maps.append(Map(trace, influence))
    }
    let statements = ["load \(model)"] + questions.map { "trace \($0)" }
    return TrainedMaps(
      model: model,
      origin: "What the trained network does was found by `\(statements.joined(separator: "; "))`.",
      maps: maps
    )
  }

  /// Runs a statement; returns false if it was interrupted.
  private static func submit(_ text: String, in session: Session) throws(Diagnostic) -> Bool {
    switch session.submit(text, name: "lesson").ending {
    case .completed: return true
    case .interrupted, .finished: return false
    case .failed(let message):
      throw Diagnostic(
        "the shipped model `\(model)` cannot be traced: \(message)",
        remedy: "copy the folder Assets of this rse beside the program"
      )
    }
  }

  /// Returns influences in ``unit``, at least 1 for each above the threshold.
  fileprivate static func whole(_ values: [Float]) -> [Int] {
    values.map { $0 > InputInfluence.threshold ? max(1, Int(($0 * unit).rounded())) : 0 }
  }
}

extension TrainedMaps.Map {
  fileprivate init(_ trace: NetworkTrace, _ influence: InputInfluence) {
    length = trace.length
    blocks = Set(trace.columns.compactMap(\.block)).count
    layers = influence.wired.map { $0.withElements { TrainedMaps.whole(Array($0)) } }
    answers = influence.answers.withElements { TrainedMaps.whole(Array($0)) }
  }
}
