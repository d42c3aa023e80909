import Autograd
import Tensors

/// Where the dropout masks of one pass come from.
package struct DropoutSource: Sendable {
  private let keep: Float
  private let source: RandomSource
  private let step: Int

  /// - Parameters:
  ///   - keep: the fraction that survives over the log2(n) layers of a pass.
  ///   - step: the training step, which with the seed and the layer's number decides every mask.
  package init(keep: Float, source: RandomSource, step: Int) {
    self.keep = keep
    self.source = source
    self.step = step
  }

  /// The dropout of the layer with that number; nil if everything is kept.
  package func layer(_ number: Int) -> LayerDropout? { layer(number, isWhole: false) }

  /// The dropout of a layer that drops 1 - keep by itself, however long the sequences are.
  package func wholeLayer(_ number: Int) -> LayerDropout? { layer(number, isWhole: true) }

  private func layer(_ number: Int, isWhole: Bool) -> LayerDropout? {
    guard keep < 1 else { return nil }
    var stream = source.stream(.dropout, UInt64(step), UInt32(number))
    return LayerDropout(keep: keep, key: stream.next(), isWhole: isWhole)
  }
}
