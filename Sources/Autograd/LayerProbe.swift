import Tensors

/// Looks at the layers of a pass that records nothing, without changing what they compute.
///
/// It may also hold the statistics of the norms over positions at those of another pass. Then a position is reached by
/// the wiring of the switch layers only, no longer by the mean and the variance that all positions share.
package final class LayerProbe {
  /// What the norms of the switch layers made of one example: the scale and the shift of each channel, layer by layer.
  package struct NormStatistics: Sendable {
    /// [2, channels], the channels filled up to whole panels.
    fileprivate(set) var layers: [Tensor] = []

    /// Whether there is none: the norms do not join positions.
    package var isEmpty: Bool { layers.isEmpty }
  }

  /// The statistics of the first example of the pass; none of norms over features.
  package private(set) var statistics = NormStatistics()
  private let held: NormStatistics?
  private let observer: (Tensor) -> Void
  private var switchLayers = 0

  /// - Parameters:
  ///   - held: what the norms over positions use instead of the statistics of their input.
  ///   - observer: given the input of the first layer, [T, m], and then the output of each layer.
  package init(holding held: NormStatistics? = nil, _ observer: @escaping (Tensor) -> Void) {
    self.held = held
    self.observer = observer
  }

  /// The input of the first layer, or the output of a layer.
  package func observe(_ state: Tensor) { observer(state) }

  /// What the norm of the next switch layer is to use; nil: the statistics of its input.
  var heldFactors: Tensor? {
    guard let held else { return nil }
    precondition(switchLayers < held.layers.count, "statistics of a pass of the same layers")
    return held.layers[switchLayers]
  }

  /// A switch layer is done.
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
