import CommandLanguage
import Foundation
import Machine
import Networks
import Tasks
import Tensors
import Training

/// What a piece of work needs of the machine's memory, told before any of it is allocated.
package struct MemoryEstimate {
  /// Something to be done with a model on data.
  package typealias Work = (any SequenceModel, any SessionData) -> MemoryEstimate?

  private let bytes: Double
  private let work: String
  /// What would fit; not worked out before it is needed.
  private let remedy: () -> String

  /// The share of the physical memory that may be used.
  private static let share = 0.85
  /// From here on users are told beforehand.
  private static let large = 1e9

  /// A model's values, gradients and two moments.
  package static func model(_ spec: ModelSpec) -> MemoryEstimate {
    MemoryEstimate(
      bytes: spec.outline.stateBytes,
      work: "a model of this size",
      remedy: {
        var smaller = spec
        let maps = largest(below: spec.maps) { maps in
          smaller.maps = maps
          return smaller.outline.stateBytes <= limit
        }
        return maps.map { "up to about maps=\($0) fits" } ?? "use fewer layers"
      }
    )
  }

  /// The model and the training in a file.
  package static func loading(_ file: TensorFile) -> MemoryEstimate {
    MemoryEstimate(
      // The file itself lies in the addresses of the program, but need not be in its memory.
      bytes: Checkpoint.stateBytes(of: file)
        + (MachineMemory.addresses == nil
          ? 0 : file.entries.values.reduce(0) { $0 + Double($1.bytes.count) }),
      work: "the model in the file",
      remedy: { "close other programs, or load it on a machine with more memory" }
    )
  }

  /// A training step on a batch of each length.
  ///
  /// - Parameter keepsBest: whether the best state is kept beside the present one.
  /// - Parameter canBeLow: whether `memory=low` is there to be advised.
  package static func training(
    _ model: any SequenceModel,
    bins: [Int],
    batchSize: Int,
    memory: StepMemory,
    keepsBest: Bool = false,
    canBeLow: Bool = true
  ) -> MemoryEstimate {
    // Without the gradients.
    let best = keepsBest ? 0.75 * model.stateBytes : 0
    func bytes(_ bins: [Int], _ batch: Int, _ memory: StepMemory) -> Double {
      let layout = SequenceLayout(bins.map { (length: $0, batch: batch) })
      return best + model.trainingBytes(layout, isLow: memory == .low)
    }
    return MemoryEstimate(
      bytes: bytes(bins, batchSize, memory),
      work: "a training step at these lengths",
      remedy: {
        var fitting: [String] = []
        if canBeLow, memory == .usual, model.hasLowMemory {
          let low = bytes(bins, batchSize, .low)
          if low <= limit {
            fitting.append("`memory=low`, with about \(amount(low))")
          }
        }
        let batch = largest(below: batchSize) { bytes(bins, $0, memory) <= limit }
        if let batch { fitting.append("batch=\(batch)") }
        let lengths = (2..<40).map { 1 << $0 }.prefix { $0 < bins.max() ?? 0 }
        let length = lengths.last { length in
          let shorter = bins.filter { $0 <= length }
          return bytes(shorter.isEmpty ? [length] : shorter, batchSize, memory) <= limit
        }
        if let length { fitting.append("sequences of up to \(length) positions") }
        return fitting.isEmpty
          ? "use fewer maps=" : "what fits: " + fitting.joined(separator: "; or ")
      }
    )
  }

  /// A forward pass over examples of one length.
  ///
  /// - Parameter positions: how many positions one pass takes, of one example at least.
  package static func forward(
    _ model: any SequenceModel,
    length: Double,
    positions: Int = Evaluation.positionsPerPass
  ) -> MemoryEstimate {
    let examples = max(1, (Double(positions) / length).rounded(.down))
    return MemoryEstimate(
      bytes: model.forwardBytes(length: length, examples: examples),
      work: examples == 1
        ? "a sequence of \(NumberFormat.short(length)) symbols"
        : "a pass over \(NumberFormat.short(examples)) × \(NumberFormat.short(length)) positions",
      remedy: {
        let shorter = (2..<50).map { Double(1 << $0) }.prefix { $0 < length }.last {
          forward(model, length: $0, positions: positions).bytes <= limit
        }
        return shorter.map { "one of \(NumberFormat.short($0)) symbols fits" } ?? "use fewer maps="
      }
    )
  }

  /// The largest number below another for which something fits; what fits for a number fits for smaller ones.
  private static func largest(below end: Int, fits: (Int) -> Bool) -> Int? {
    var (fitting, other) = (0, end)
    while other - fitting > 1 {
      let middle = (fitting + other) / 2
      if fits(middle) { fitting = middle } else { other = middle }
    }
    return fitting > 0 ? fitting : nil
  }

  /// What a piece of work may take of this machine's memory.
  package static var limit: Double { share * memory }

  /// The memory that there is for the program; tensors that are in use count, since estimates hold them as well.
  private static var memory: Double {
    MachineMemory.available(beside: StorageStatistics.heldBytes + StorageStatistics.keptBytes)
  }

  /// Refuses what does not fit.
  package func check() throws(Diagnostic) {
    guard bytes > Self.limit else { return }
    throw Diagnostic(
      "\(work) needs about \(Self.amount(bytes)) of memory; there are \(Self.amount(Self.memory))",
      remedy: remedy()
    )
  }

  /// Says what much memory will be needed.
  package func tell(_ session: Session) {
    guard bytes >= Self.large else { return }
    session.emit("\(work) needs about \(Self.amount(bytes)) of memory", .volatile)
  }

  private static func amount(_ bytes: Double) -> String {
    bytes < large
      ? String(format: "%.0f MB", bytes / 1e6) : String(format: "%.1f GB", bytes / 1e9)
  }
}
