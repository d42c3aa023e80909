import CommandLanguage
import Foundation
import Networks
import Tensors
import Training

/// What a piece of work needs of the machine's memory, told before any of it is allocated.
struct MemoryEstimate {
  private let bytes: Double
  private let work: String
  private let remedy: String

  /// The share of the physical memory that may be used.
  private static let share = 0.85
  /// From here on users are told beforehand.
  private static let large = 1e9

  /// A model's values, gradients and two moments.
  static func model(_ spec: ModelSpec) -> MemoryEstimate {
    MemoryEstimate(
      bytes: spec.outline.stateBytes,
      work: "a model of this size",
      remedy: "use fewer maps="
    )
  }

  /// A training step on a batch of each length.
  static func training(
    _ model: any SequenceModel,
    bins: [Int],
    batchSize: Int,
    memory: StepMemory
  ) -> MemoryEstimate {
    let layout = SequenceLayout(bins.map { (length: $0, batch: batchSize) })
    let low = model.trainingBytes(layout, isLow: model.hasLowMemory)
    let bytes = memory == .low ? low : model.trainingBytes(layout, isLow: false)
    let others = "shorter lengths=, a smaller batch= or fewer maps="
    return MemoryEstimate(
      bytes: bytes,
      work: "a training step at these lengths",
      remedy: memory == .usual && model.hasLowMemory && low < limit
        ? String(format: "`memory=low` needs about %.1f GB; or use %@", low / 1e9, others)
        : "use \(others)"
    )
  }

  /// A forward pass over examples of one length, as `Evaluation` divides them.
  static func forward(_ model: any SequenceModel, length: Double) -> MemoryEstimate {
    let examples = max(1, Double(Evaluation.positionsPerPass) / length)
    return MemoryEstimate(
      bytes: model.forwardBytes(length: length, examples: examples),
      work: "a sequence of \(NumberFormat.short(length)) symbols",
      remedy: "use a shorter one, or fewer maps="
    )
  }

  /// What a piece of work may take of this machine's memory.
  static var limit: Double { share * Double(ProcessInfo.processInfo.physicalMemory) }

  /// Refuses what does not fit.
  func check() throws(Diagnostic) {
    guard bytes > Self.limit else { return }
    throw Diagnostic(
      String(
        format: "%@ needs about %.1f GB of memory; this machine has %.1f GB",
        work,
        bytes / 1e9,
        Double(ProcessInfo.processInfo.physicalMemory) / 1e9
      ),
      remedy: remedy
    )
  }

  /// Says what much memory will be needed.
  func tell(_ session: Session) {
    guard bytes >= Self.large else { return }
    session.note(String(format: "%@ needs about %.1f GB of memory", work, bytes / 1e9))
  }
}
