import Autograd
import Tensors

/// The source of the dropout masks of one pass.
package struct DropoutSource: Sendable {
  private let keep: Float
  private let source: RandomSource
  private let step: Int
  private let group: Int

  /// - Parameters:
  ///   - keep: the fraction that survives over the log2(n) layers of a pass.
  ///   - step: the training step; together with the seed, the group and the layer's number it determines every mask.
  ///   - group: the number of the pass among those of the step.
  package init(keep: Float, source: RandomSource, step: Int, group: Int = 0) {
    precondition(0..<1 << 16 ~= group, "group \(group)")
    self.keep = keep
    self.source = source
    self.step = step
    self.group = group
  }

  /// Returns the dropout of the layer with that number; nil if everything is kept.
  package func layer(_ number: Int) -> LayerDropout? { layer(number, isWhole: false) }

  /// Returns the dropout of a layer that drops 1 - keep by itself, whatever the length of the sequences.
  package func wholeLayer(_ number: Int) -> LayerDropout? { layer(number, isWhole: true) }

  private func layer(_ number: Int, isWhole: Bool) -> LayerDropout? {
    guard keep < 1 else { return nil }
    precondition(0..<1 << 16 ~= number, "layer \(number)")
    var stream = source.stream(.dropout, UInt64(step), UInt32(group << 16 | number))
    return LayerDropout(keep: keep, key: stream.next(), isWhole: isWhole)
  }
}
