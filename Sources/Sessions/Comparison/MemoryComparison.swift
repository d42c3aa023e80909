import CommandLanguage
import Foundation
import Networks
import Tensors
import Training

/// A comparison of the longest sequences that models can process in a given memory: measured as long as steps are
/// quick, and estimated beyond.
package struct MemoryComparison {
  /// The measurements of one model.
  package struct Row {
    package let name: String
    package let model: any SequenceModel
    /// The costs of training steps on one sequence.
    package let points: [CostProbe.Point]
  }

  /// A length that fits, and whether it was measured.
  package struct Longest {
    package let length: Int
    package let bytes: Double
    let isMeasured: Bool

    var bytesPerPosition: Double { bytes / Double(length) }
  }

  /// The memory limit, in bytes.
  package let limit: Double
  /// True if the user gave the limit, so that it is the same on every machine.
  package let isGiven: Bool
  package private(set) var rows: [Row] = []

  /// The argument that diagnostics point at if a model does not fit.
  private let blamed: any NamedArgument

  /// The largest length that is considered.
  private static let largestLength = 1 << 36
  private static let shortest = 4

  /// - Parameters:
  ///   - limit: the command's option for the limit.
  ///   - models: the command's argument that names the models.
  /// - Throws: a diagnostic if the limit is not a number of bytes.
  package init(
    _ arguments: BoundArguments,
    limit option: CommandArgument<String?>,
    models: any NamedArgument
  ) throws(Diagnostic) {
    isGiven = arguments.has(option)
    blamed = isGiven ? option : models
    guard let text = arguments[option] else {
      limit = MemoryEstimate.limit
      return
    }
    guard let bytes = ByteCount.bytes(in: text) else {
      throw arguments.error(
        on: option,
        "`\(text)` is no number of bytes with its unit",
        remedy: "for example limit=8GB or limit=512MiB"
      )
    }
    limit = bytes
  }

  /// Measures copies of the models.
  package mutating func measure(
    _ slots: [ModelSlot],
    longest: Int?,
    in session: Session
  ) throws {
    let specs = try slots.map { try $0.probedSpec(in: session) }
    for (slot, spec) in zip(slots, specs) {
      let needed = Self.trainingBytes(spec.outline, length: Self.shortest)
      guard needed <= limit else {
        throw Diagnostic(
          "`\(slot.name)` needs \(ByteCount.text(needed)) to train on \(Self.shortest) symbols",
          about: blamed,
          remedy: "choose a larger limit=, or fewer maps="
        )
      }
    }
    let probes = ProbeSeries(pass: .training, longest: longest)
    let largest = min(limit, MemoryEstimate.limit)
    let measured = try probes.run(zip(slots, specs), largest: largest, in: session)
    guard !measured.isCut else { throw Interrupted() }
    rows = measured.rows.map { Row(name: $0.slot.name, model: $0.model, points: $0.points) }
  }

  // MARK: What fits

  /// Returns the longest sequence whose training step fits.
  package func longestTraining(_ row: Row) -> Longest? {
    longest { length in
      guard let point = row.points.first(where: { $0.length == length }) else {
        return (Self.trainingBytes(row.model, length: length), false)
      }
      return (point.bytes + Self.programBytes(row.model), true)
    }
  }

  /// Returns the longest sequences that `test` can process with the model.
  func longestTest(_ row: Row) -> Longest? {
    longest { length in
      let examples = max(1, Evaluation.positionsPerPass / length)
      return (row.model.forwardBytes(length: Double(length), examples: Double(examples)), false)
    }
  }

  private func longest(_ bytes: (Int) -> (bytes: Double, isMeasured: Bool)) -> Longest? {
    var (found, length): (Longest?, Int) = (nil, Self.shortest)
    while length <= Self.largestLength {
      let (bytes, isMeasured) = bytes(length)
      guard bytes <= limit else { break }
      found = Longest(length: length, bytes: bytes, isMeasured: isMeasured)
      length *= 2
    }
    return found
  }

  /// Returns the model's estimate of the memory of a training step on one sequence.
  package static func trainingBytes(_ model: any SequenceModel, length: Int) -> Double {
    model.trainingBytes(SequenceLayout(length: length, batch: 1), isLow: false)
  }

  /// Returns the memory of the program besides tensors.
  package static func programBytes(_ model: any SequenceModel) -> Double {
    let layout = SequenceLayout(length: shortest, batch: 1)
    return model.trainingBytes(layout, isLow: false) - model.stateBytes
      - model.batchBytes(layout, isLow: false)
  }

  /// Returns the ratio of the estimate to the measurement, at the longest measured length.
  package func check(_ row: Row) -> (ratio: Double, length: Int)? {
    row.points.last.map { point in
      let measured = point.bytes + Self.programBytes(row.model)
      return (Self.trainingBytes(row.model, length: point.length) / measured, point.length)
    }
  }
}
