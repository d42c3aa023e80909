import CommandLanguage
import Foundation
import Machine
import Networks
import Tasks
import Tensors
import Training

/// An estimate of the memory that a piece of work needs, before any of it is allocated.
package struct MemoryEstimate {
  /// Work with a model on data.
  package typealias Work = (any SequenceModel, any SessionData) -> MemoryEstimate?

  private let bytes: Double
  private let work: String
  /// A description of what would fit; computed only when needed.
  private let remedy: () -> String

  /// The share of the available memory that may be used.
  private static let share = 0.85
  /// The number of bytes from which on users are warned.
  private static let large = 1e9

  /// Estimates a model's values, gradients and two moments.
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

  /// Estimates the model and the training in a file.
  package static func loading(_ file: TensorFile) -> MemoryEstimate {
    MemoryEstimate(
      // The file is mapped into the program's addresses, but need not be in its memory.
      bytes: Checkpoint.stateBytes(of: file)
        + (MachineMemory.addresses == nil
          ? 0 : file.entries.values.reduce(0) { $0 + Double($1.bytes.count) }),
      work: "the model in the file",
      remedy: { "close other programs, or load it on a machine with more memory" }
    )
  }

  /// Estimates a training step on a batch of each length.
  ///
  /// - Parameter keepsBest: true if the best state is kept beside the current one.
  /// - Parameter canBeLow: true if the remedy may suggest `memory=low`.
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

  /// Estimates a forward pass over examples of one length.
  ///
  /// - Parameter positions: the number of positions in one pass, which has at least one example.
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

  /// Returns the largest number below `end` that fits; if a number fits, so do smaller ones.
  private static func largest(below end: Int, fits: (Int) -> Bool) -> Int? {
    var (fitting, other) = (0, end)
    while other - fitting > 1 {
      let middle = (fitting + other) / 2
      if fits(middle) { fitting = middle } else { other = middle }
    }
    return fitting > 0 ? fitting : nil
  }

  /// The memory of this machine that a piece of work may use, in bytes.
  package static var limit: Double { share * memory }

  /// The memory available to the program, including tensors in use, since estimates include them as well.
  private static var memory: Double {
    MachineMemory.available(beside: StorageStatistics.heldBytes + StorageStatistics.keptBytes)
  }

  /// Rejects work that does not fit.
  package func check() throws(Diagnostic) {
    guard bytes > Self.limit else { return }
    throw Diagnostic(
      "\(work) needs about \(Self.amount(bytes)) of memory; there are \(Self.amount(Self.memory))",
      remedy: remedy()
    )
  }

  /// Emits the amount of memory if it is large.
  package func tell(_ session: Session) {
    guard bytes >= Self.large else { return }
    session.emit("\(work) needs about \(Self.amount(bytes)) of memory", .volatile)
  }

  private static func amount(_ bytes: Double) -> String {
    bytes < large
      ? String(format: "%.0f MB", bytes / 1e6) : String(format: "%.1f GB", bytes / 1e9)
  }
}
