import Tensors
import Testing

/// The kernels for the samples of sound files.
@Suite struct KernelSamplesTests {
  @Test("channels are mixed to their mean", arguments: KernelVariant.available)
  func mixing(variant: KernelVariant) {
    for channels in [1, 2, 3, 8, 33] {
      for frames in [1, 15, 64, 257] {
        let x = normals(frames * channels, seed: 4)
        let mixed = outputs(unset(frames)) {
          variant.kernels.mix_channels(frames, channels, x, $0[0])
        }
        let means = (0..<frames).map { frame in
          x[frame * channels..<(frame + 1) * channels].reduce(0) { $0 + Double($1) }
            / Double(channels)
        }
        expectNear(mixed[0], means, ulps: 8, size: 1, "\(frames) frames of \(channels) channels")
      }
    }
  }

  @Test("the first value that is not finite is found", arguments: KernelVariant.available)
  func unbounded(variant: KernelVariant) {
    for count in [1, 255, 256, 700] {
      let x = normals(count, seed: 5)
      #expect(variant.kernels.first_unbounded(count, x) == count)
      for place in [0, count / 2, count - 1] {
        for value in [Float.nan, .infinity, -.infinity, .signalingNaN] {
          var changed = x
          changed[place] = value
          changed[count - 1] = value
          #expect(variant.kernels.first_unbounded(count, changed) == place)
        }
      }
    }
    #expect(variant.kernels.first_unbounded(1, [Float.greatestFiniteMagnitude]) == 1)
  }
}
