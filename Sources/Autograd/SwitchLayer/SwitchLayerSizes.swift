import Tensors

/// The amounts that a switch layer holds at a time; for estimates of memory.
package enum SwitchLayerSizes {
  /// Returns the floats of the norm's output per pair: 4m, padded to whole panels.
  package static func channels(maps: Int) -> Int { panelled(4 * maps) }

  /// Returns the number of pairs whose intermediate gradients are held at a time in the backward pass.
  package static func slabPairs(_ layout: SequenceLayout) -> Int {
    let longest = (layout.segments.first?.length ?? 0) / 2
    return max(longest, min(SwitchPlan.slabPairs, layout.rows / 2))
  }

  /// The length of the longest example whose norm needs no values of other chunks.
  package static let longestUndivided = 2 * SwitchPlan.wholePairs
}
