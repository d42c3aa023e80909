import Foundation
import Tensors
import TestSupport
import Testing

@testable import Audio

@Suite("Augmentation")
struct AugmentationTests {
  let wave = (0..<2048).map { Float(0.3 * sin(0.2 * Double($0))) }
  var random: RandomStream { RandomSource(seed: 1).stream(.examples) }

  func power(_ samples: [Float]) -> Double {
    samples.reduce(0) { $0 + Double($1) * Double($1) } / Double(samples.count)
  }

  @Test("nothing is changed unless asked for")
  func none() {
    var random = random
    #expect(Augmentation().isNone && Augmentation().apply(to: wave, using: &random) == wave)
    #expect(Augmentation(gain: 3, pitch: 0.1, noise: 10...20).apply(to: [], using: &random) == [])
  }

  @Test("the same stream gives the same change")
  func determinism() {
    let augmentation = Augmentation(gain: 6, pitch: 0.1, noise: 20...40)
    var (first, second) = (random, random)
    let changed = augmentation.apply(to: wave, using: &first)
    #expect(changed == augmentation.apply(to: wave, using: &second))
    #expect(changed != augmentation.apply(to: wave, using: &first))
  }

  @Test("a gain is a factor within its range")
  func gain() {
    var random = random
    for _ in 0..<20 {
      let changed = Augmentation(gain: 6).apply(to: wave, using: &random)
      let factor = changed[100] / wave[100]
      #expect(abs(20 * log10(factor)) <= 6.001)
      #expect(zip(changed, wave).allSatisfy { abs($0 - factor * $1) < 1e-6 })
    }
  }

  @Test(
    "a stretch of time keeps the middle and multiplies the frequency",
    arguments: [0.99, 1.006]
  )
  func pitch(step: Double) {
    let changed = Augmentation.resampled(wave, step: step)
    let middle = Double(wave.count - 1) / 2
    for index in 20..<2028 {
      let time = middle + (Double(index) - middle) * step
      guard time > 3, time < 2044 else { continue }
      #expect(abs(Double(changed[index]) - 0.3 * sin(0.2 * time)) < 1e-3)
    }
    #expect(Augmentation.resampled(wave, step: 1).count == wave.count)
  }

  @Test("noise is as strong as asked for")
  func noise() {
    var random = random
    let changed = Augmentation(noise: 20...20).apply(to: wave, using: &random)
    let noise = zip(changed, wave).map { $0 - $1 }
    #expect(abs(10 * log10(power(wave) / power(noise)) - 20) < 0.4)
    let mean = noise.reduce(0, +) / Float(noise.count)
    #expect(abs(Double(mean)) < 4 * (power(noise) / 2048).squareRoot())
  }
}
