import CommandLanguage
import Foundation
import Networks
import Tensors

/// What a piece of work needs of the machine's memory, told before any of it is allocated.
enum MemoryEstimate {
  /// The share of the physical memory that may be used.
  private static let share = 0.85
  private static let bytesPerFloat = 4.0

  /// Refuses a model whose values, gradients and two moments do not fit.
  static func checkModel(_ spec: ModelSpec) throws(Diagnostic) {
    try check(
      4 * bytesPerFloat * Double(spec.parameterCount),
      for: "a model of this size",
      remedy: "use fewer maps= or blocks="
    )
  }

  /// Refuses a training step whose saved activations do not fit.
  ///
  /// Of every layer its input and the output of its norm are kept: m + 2m floats a position.
  static func checkTraining(
    _ spec: ModelSpec,
    bins: [Int],
    batchSize: Int
  ) throws(Diagnostic) {
    var floats = 4 * Double(spec.parameterCount)
    for bin in bins {
      let positions = Double(bin) * Double(batchSize)
      let layers = Double(spec.switchLayers(levels: bin.trailingZeroBitCount))
      floats += positions * (Double(spec.maps) * 3 * (layers + 3) + 4 * Double(spec.outputSymbols))
    }
    try check(
      floats * bytesPerFloat,
      for: "a training step at these lengths",
      remedy: "use shorter lengths=, a smaller batch= or fewer maps="
    )
  }

  /// Refuses a forward pass whose arrays do not fit.
  static func checkForward(_ spec: ModelSpec, length: Double) throws(Diagnostic) {
    let floats = length * (6 * Double(spec.maps) + 2 * Double(spec.outputSymbols))
    try check(
      floats * bytesPerFloat,
      for: "a sequence of \(NumberFormat.short(length)) symbols",
      remedy: "use a shorter one, or fewer maps="
    )
  }

  private static func check(
    _ bytes: Double,
    for what: String,
    remedy: String
  ) throws(Diagnostic) {
    let memory = Double(ProcessInfo.processInfo.physicalMemory)
    guard bytes > share * memory else { return }
    throw Diagnostic(
      String(
        format: "%@ needs about %.1f GB of memory; this machine has %.1f GB",
        what,
        bytes / 1e9,
        memory / 1e9
      ),
      remedy: remedy
    )
  }
}
