import CommandLanguage
import Foundation
import Networks
import Tensors
import Training

/// How long the sequences are that some models can work on in a given memory: measured as far as a step takes
/// little time, and estimated from there on.
package struct MemoryComparison {
  /// One model.
  package struct Row {
    package let name: String
    package let model: any SequenceModel
    /// Training steps on one sequence.
    package let points: [CostProbe.Point]
  }

  /// A length that fits, and how that is known.
  package struct Longest {
    package let length: Int
    package let bytes: Double
    let isMeasured: Bool

    var bytesPerPosition: Double { bytes / Double(length) }
  }

  /// Bytes that may be used.
  package let limit: Double
  /// Whether the user has given the limit, so that it is the same on every machine.
  package let isGiven: Bool
  package private(set) var rows: [Row] = []

  /// What a model that does not fit is to be blamed on.
  private let blamed: any NamedArgument

  /// Lengths beyond this one are not looked at.
  private static let largestLength = 1 << 36
  private static let shortest = 4

  /// - Parameters:
  ///   - limit: the command's option that gives the limit.
  ///   - models: its argument that names the models.
  /// - Throws: a diagnostic if the limit is no number of bytes.
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

  /// Measures the models on copies of them.
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

  /// The longest sequence whose training step fits.
  package func longestTraining(_ row: Row) -> Longest? {
    longest { length in
      guard let point = row.points.first(where: { $0.length == length }) else {
        return (Self.trainingBytes(row.model, length: length), false)
      }
      return (point.bytes + Self.programBytes(row.model), true)
    }
  }

  /// The longest sequences that `test` can measure the model on.
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

  /// What a training step on one sequence takes, as the model estimates it.
  package static func trainingBytes(_ model: any SequenceModel, length: Int) -> Double {
    model.trainingBytes(SequenceLayout(length: length, batch: 1), isLow: false)
  }

  /// What the program takes beside tensors.
  package static func programBytes(_ model: any SequenceModel) -> Double {
    let layout = SequenceLayout(length: shortest, batch: 1)
    return model.trainingBytes(layout, isLow: false) - model.stateBytes
      - model.batchBytes(layout, isLow: false)
  }

  /// The estimate as a share of what was measured, at the longest measured length.
  package func check(_ row: Row) -> (ratio: Double, length: Int)? {
    row.points.last.map { point in
      let measured = point.bytes + Self.programBytes(row.model)
      return (Self.trainingBytes(row.model, length: point.length) / measured, point.length)
    }
  }
}
