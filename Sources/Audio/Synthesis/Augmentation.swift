import Tensors

/// Random changes of audio that preserve its notes, drawn independently for each window; off by default.
package struct Augmentation: Hashable, Sendable {
  /// The largest gain up or down, in dB; 0 for none.
  package var gain = 0.0
  /// The largest pitch shift up or down in semitones, at most 0.5; 0 for none.
  package var pitch = 0.0
  /// The range of the ratio of signal to added noise, in dB; nil for no noise.
  package var noise: ClosedRange<Double>?

  package init(gain: Double = 0, pitch: Double = 0, noise: ClosedRange<Double>? = nil) {
    precondition(gain >= 0 && pitch >= 0 && pitch <= 0.5, "a gain, and half a semitone at most")
    self.gain = gain
    self.pitch = pitch
    self.noise = noise
  }

  /// True if nothing is changed.
  package var isNone: Bool { gain == 0 && pitch == 0 && noise == nil }

  /// Returns a window changed at random.
  ///
  /// The shift stretches time about the window's middle, by 0.6 % for a tenth of a semitone, and repeats the samples
  /// at the window's edges beyond them. The error of its cubic interpolation is −68 dB at a twentieth of the rate,
  /// −48 dB at a tenth, −28 dB at a fifth.
  package func apply(to samples: [Float], using random: inout RandomStream) -> [Float] {
    stretched(samples, using: &random).samples
  }

  /// Returns a window changed at random, and the distance of its neighbouring samples in the original window.
  package func stretched(
    _ samples: [Float],
    using random: inout RandomStream
  ) -> (samples: [Float], step: Double) {
    var (result, step) = (samples, 1.0)
    if pitch > 0 {
      let shift = random.uniform(-pitch...pitch)
      step = Real.exp2(shift / 12)
      result = Self.resampled(result, step: step)
    }
    if gain > 0 {
      let factor = Float(Decibels.factor(random.uniform(-gain...gain)))
      kernels.scale(result.count, factor, &result)
    }
    if let noise, !result.isEmpty {
      let power = kernels.sum_of_squares(result.count, result) / Double(result.count)
      let level = power.squareRoot() * Decibels.factor(-random.uniform(noise))
      kernels.add_noise(result.count, Float(level), random.next32(), &result)
    }
    return (result, step)
  }

  /// Returns as many samples as before, with the same middle, at times `step` apart.
  static func resampled(_ samples: [Float], step: Double) -> [Float] {
    guard let first = samples.first, let last = samples.last else { return [] }
    let middle = Double(samples.count - 1) / 2
    let margin = Int((middle * abs(step - 1)).rounded(.up)) + 2
    let edge = (
      [Float](repeating: first, count: margin), [Float](repeating: last, count: margin)
    )
    let source = edge.0 + samples + edge.1
    var result = [Float](repeating: 0, count: samples.count)
    kernels.resample_cubic(
      samples.count,
      source,
      Double(margin) + middle - middle * step,
      step,
      &result
    )
    return result
  }
}
