/// The memory that the operations of a pass may take in addition to their inputs and results.
///
/// Values that are not kept are recomputed in the backward pass, bit-identical: the budget trades time for memory and
/// nothing else.
package final class ActivationBudget {
  /// The bytes kept for the backward pass: enough for the layers of a step at short lengths. Beyond that, a layer that
  /// keeps only its input costs a sixth of its time and a third of the memory.
  package static let usual = 100 << 20
  /// The additional bytes that may be kept, as a share of the bytes of the layers' inputs.
  private static let shareOfInputs = 0.55
  /// The bytes of one layer's intermediate values: enough for all of them up to 2^19 positions at m = 96, and for a
  /// pass over 2^21 to take less than 2.5 GB.
  package static let usualHeld = 640 << 20

  private var left: Int
  let held: Int
  /// True if the inputs of some layers are recomputed too, from the input of the first of them.
  package let isLow: Bool

  /// The smallest budget: keeps the inputs of about √L layers and recomputes everything else.
  package static var low: ActivationBudget { ActivationBudget(kept: 0, isLow: true) }

  /// Returns the usual budget of a pass whose layers have `inputBytes` bytes of inputs in all.
  package static func usual(inputBytes: Double) -> Double {
    Double(usual) + shareOfInputs * inputBytes
  }

  /// - Parameters:
  ///   - kept: bytes kept for the backward pass over all operations.
  ///   - held: bytes of intermediate values held at a time where an example is too long for the cache.
  ///   - isLow: true if only some layers keep their inputs.
  package init(kept: Int = usual, held: Int = usualHeld, isLow: Bool = false) {
    left = kept
    self.held = held
    self.isLow = isLow
  }

  /// Raises the budget where the layers' inputs, of `inputBytes` bytes, take much memory anyway.
  package func grow(inputBytes: Int) {
    if !isLow { left += Int(Self.shareOfInputs * Double(inputBytes)) }
  }

  /// Deducts `bytes` from the budget and returns true if they may be kept.
  func takes(_ bytes: Int) -> Bool {
    guard bytes <= left else { return false }
    left -= bytes
    return true
  }
}
