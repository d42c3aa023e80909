import Foundation
import Networks
import Tasks
import Tensors
import Wiring

/// A training of the authors' TensorFlow code as its checkpoint stores it: variables under their names there, and the
/// optimizer's moments as `NAME/RAdam` and `NAME/RAdam_1`.
package struct ReleasedCheckpoint {
  /// The form of the network, derived from its variables.
  package let spec: ModelSpec
  /// The number of steps done.
  package let step: Int
  /// True if the optimizer's moments are present.
  package let hasMoments: Bool
  package let parameters: [(name: String, value: Tensor)]
  package let moments: [RAdam.Moments]

  /// - Throws: `ReleasedCheckpointError`, `TensorFileError`.
  package init(_ file: TensorFile) throws {
    let spec = try Self.spec(of: file)
    var parameters: [(name: String, value: Tensor)] = []
    var moments: [RAdam.Moments] = []
    let outline = spec.parameterShapes
    let variables = try outline.map { name, _ in
      guard let variable = ReleasedNames.variable(for: name, of: spec) else {
        throw ReleasedCheckpointError("the network's `\(name)` has no name in such checkpoints")
      }
      return variable
    }
    hasMoments = variables.allSatisfy {
      file.entries["\($0)/RAdam"] != nil && file.entries["\($0)/RAdam_1"] != nil
    }
    func tensor(_ name: String, _ shape: Shape) throws -> Tensor {
      let tensor = try file.tensor(name)
      guard tensor.count == shape.count else {
        throw ReleasedCheckpointError(
          "the variable `\(name)` is \(tensor.shape), where the network needs \(shape)"
        )
      }
      return tensor.reshaped(to: shape)
    }
    for ((name, shape), variable) in zip(outline, variables) {
      parameters.append((name, try tensor(variable, shape)))
      moments.append(
        RAdam.Moments(
          mean: hasMoments ? try tensor("\(variable)/RAdam", shape) : Tensor(zeros: shape),
          variance: hasMoments ? try tensor("\(variable)/RAdam_1", shape) : Tensor(zeros: shape)
        )
      )
    }
    self.spec = spec
    self.parameters = parameters
    self.moments = moments
    step = try Self.step(in: file)
  }

  /// A bound that no training exceeded; each step has a record in the log.
  private static let mostSteps: Float = 2_000_000

  /// Returns the number of steps done; the optimizer stores the next step as a 32-bit number. Without it, returns 0.
  private static func step(in file: TensorFile) throws -> Int {
    guard file.entries["step"] != nil else { return 0 }
    let next = try file.tensor("step").elements.first ?? 1
    guard next >= 1, next <= mostSteps + 1, next == next.rounded() else {
      throw ReleasedCheckpointError("the step \(next) cannot be")
    }
    return Int(next) - 1
  }

  /// Returns the form of a network with these variables.
  private static func spec(of file: TensorFile) throws -> ModelSpec {
    func shape(_ name: String) -> [Int]? { file.entries["var_lengths/\(name)"]?.shape }
    let names = file.entries.keys
    guard
      let released = ReleasedNames.all.first(where: { released in
        names.contains { $0.hasPrefix(released.names.prefix) }
      }),
      let output = shape("output/CvK"), output.count == 2, output[0] > 0
    else {
      throw ReleasedCheckpointError("its variables are not those of a Shuffle-Exchange network")
    }
    let blocks = names.compactMap { name -> Int? in
      let prefix = released.names.prefix
      guard name.hasPrefix(prefix) else { return nil }
      return Int(name.dropFirst(prefix.count).prefix { $0 != "_" })
    }
    let last = blocks.max() ?? -1
    guard let most = ModelSetting.blocks.range?.upperBound, last >= 0, last < most else {
      throw ReleasedCheckpointError("it has no Beneš block, or more than can be")
    }
    var spec = ModelSpec(
      released.network,
      maps: output[0],
      inputSymbols: 0,
      outputSymbols: output[1]
    )
    spec.blocks = last + 1
    spec.tying = released.tying
    if let table = shape("embedding") {
      guard table.count == 2, table[1] == output[0] else {
        throw ReleasedCheckpointError("its table of symbols does not fit its output")
      }
      spec.inputSymbols = table[0]
    } else {
      spec.input = .audio
      spec.isCalibrated = true
      let convolutions = (1...4).filter { shape("pool1/conv\($0)/CvK") != nil }
      guard let last = convolutions.last, convolutions.count == last else {
        throw ReleasedCheckpointError(
          "it has neither a table of symbols nor convolutions over audio"
        )
      }
      spec.convolutions = last - 1
    }
    guard ModelSetting.maps.range?.contains(spec.maps) == true, spec.flaw == nil else {
      throw ReleasedCheckpointError("its network cannot be")
    }
    return spec
  }
}

/// The reason why variables are not those of a network.
package struct ReleasedCheckpointError: LocalizedError, Equatable {
  package let reason: String

  init(_ reason: String) { self.reason = reason }

  package var errorDescription: String? { reason }
}
