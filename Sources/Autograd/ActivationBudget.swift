/// What the operations of a pass may take of memory beside their inputs and results.
///
/// What is not kept is computed again in the backward pass, the same bit for bit: the budget trades time for
/// memory and nothing else.
package final class ActivationBudget {
  /// Bytes kept for the backward pass: enough for the layers of a step at short lengths. Beyond, a layer that
  /// keeps its input only costs a sixth of its time and a third of the memory.
  package static let usual = 100 << 20
  /// What may be kept more, as a share of the bytes of the layers' inputs.
  private static let shareOfInputs = 0.55
  /// Bytes of one layer's intermediate values: enough for all of them up to 2^19 positions at m = 96, and for a pass
  /// over 2^21 to take less than 2.5 GB.
  package static let usualHeld = 640 << 20

  private var left: Int
  let held: Int
  /// Whether the inputs of some layers are computed again, too, from that of the first.
  package let isLow: Bool

  /// Keeps as little as possible: of about √L layers their inputs, computing all else again.
  package static var low: ActivationBudget { ActivationBudget(kept: 0, isLow: true) }

  /// The usual budget of a pass whose layers have inputs of that many bytes in all.
  package static func usual(inputBytes: Double) -> Double {
    Double(usual) + shareOfInputs * inputBytes
  }

  /// - Parameters:
  ///   - kept: bytes kept for the backward pass over all operations.
  ///   - held: bytes of intermediate values at a time where an example is too long for the cache.
  ///   - isLow: whether the inputs of layers are kept only here and there.
  package init(kept: Int = usual, held: Int = usualHeld, isLow: Bool = false) {
    left = kept
    self.held = held
    self.isLow = isLow
  }

  /// Lets more be kept where the layers' inputs, of that many bytes, take much anyway.
  package func grow(inputBytes: Int) {
    if !isLow { left += Int(Self.shareOfInputs * Double(inputBytes)) }
  }

  /// Whether that many bytes more may be kept.
  func takes(_ bytes: Int) -> Bool {
    guard bytes <= left else { return false }
    left -= bytes
    return true
  }
}
