import Tensors

/// An observer of the layers of a pass that is not recorded; it does not change what they compute.
///
/// It may also hold the statistics of the norms over positions at those of another pass. Then only the wiring of the
/// switch layers reaches a position, no longer the mean and the variance that all positions share.
package final class LayerProbe {
  /// The statistics that the norms of the switch layers computed for one example: the scale and the shift of each
  /// channel, layer by layer.
  package struct NormStatistics: Sendable {
    /// [2, channels] per layer, with the channels padded to whole panels.
    fileprivate(set) var layers: [Tensor] = []

    /// True if there are no statistics: the norms do not join positions.
    package var isEmpty: Bool { layers.isEmpty }
  }

  /// The statistics of the first example of the pass; empty for norms over features.
  package private(set) var statistics = NormStatistics()
  private let held: NormStatistics?
  private let observer: (Tensor) -> Void
  private var switchLayers = 0

  /// - Parameters:
  ///   - held: the statistics that the norms over positions use instead of those of their input.
  ///   - observer: receives the input of the first layer, [T, m], and then the output of each layer.
  package init(holding held: NormStatistics? = nil, _ observer: @escaping (Tensor) -> Void) {
    self.held = held
    self.observer = observer
  }

  /// Passes on the input of the first layer, or the output of a layer.
  package func observe(_ state: Tensor) { observer(state) }

  /// The factors that the norm of the next switch layer uses; nil for the statistics of its input.
  var heldFactors: Tensor? {
    guard let held else { return nil }
    precondition(switchLayers < held.layers.count, "statistics of a pass of the same layers")
    return held.layers[switchLayers]
  }

  /// Records that a switch layer is done.
  ///
  /// - Parameter factors: the scales and shifts of its examples, [examples, 2, channels]; nil for a norm over features.
  func noteSwitchLayer(factors: Tensor?, channels: Int) {
    switchLayers += 1
    guard let factors else { return }
    statistics.layers.append(
      Tensor([2, channels], reading: factors) { $0.update(from: $1, count: 2 * channels) }
    )
  }
}
