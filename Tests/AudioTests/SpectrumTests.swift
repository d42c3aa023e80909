import Foundation
import Tensors
import TestSupport
import Testing

@testable import Audio

@Suite("Spectra")
struct SpectrumTests {
  func signal(_ count: Int) -> [Float] {
    var random = RandomSource(seed: 4).stream(.testData)
    return (0..<count).map { _ in Float(random.normal()) }
  }

  @Test("coefficients are those of the direct transform", arguments: Spectrum.windows)
  func direct(window: Int) {
    let samples = signal(window)
    let computed = Spectrum(window: window).coefficients(samples)
    #expect(computed.count == window)
    for bin in [0, 1, 2, 7, window / 8 + 3, window / 4, window / 2 - 1] {
      var (re, im) = (0.0, 0.0)
      for (index, sample) in samples.enumerated() {
        let angle = -2 * Double.pi * Double(bin * index % window) / Double(window)
        re += Double(sample) * cos(angle)
        im += Double(sample) * sin(angle)
      }
      let bound = 1e-5 * Double(window).squareRoot()
      #expect(abs(Double(computed[2 * bin]) - re) < bound, "re \(bin)")
      #expect(abs(Double(computed[2 * bin + 1]) - im) < bound, "im \(bin)")
    }
  }

  @Test("known signals have known coefficients")
  func known() {
    let impulse = [Float](repeating: 0, count: 255) + [0]
    #expect(Spectrum(window: 256).coefficients(impulse).allSatisfy { $0 == 0 })
    let wave = (0..<256).map { Float(sin(2 * Double.pi * 5 * Double($0) / 256)) }
    let bins = Spectrum(window: 256).coefficients(wave)
    #expect(abs(bins[11] + 128) < 1e-4)
    #expect(bins.indices.allSatisfy { $0 == 11 || abs(bins[$0]) < 2e-4 })
  }

  @Test("many windows are each transformed alone")
  func batch() {
    let samples = signal(8000)
    let spectrum = Spectrum(window: 512, multiplier: 2)
    let starts = (0..<50).map { $0 * 139 }
    let all = spectrum.coefficients(samples, starts: starts)
    for (row, start) in starts.enumerated() {
      let alone = spectrum.coefficients(Array(samples[start..<start + 1024]))
      #expect(Array(all[row * 512..<(row + 1) * 512]) == alone)
    }
    #expect(spectrum.coefficients([], starts: []).isEmpty)
    // Of twice as many samples the lower half of the frequencies remains.
    let whole = Spectrum(window: 1024).coefficients(Array(samples[..<1024]))
    #expect(Array(all[..<512]) == Array(whole[..<512]))
  }
}

extension Spectrum {
  /// The spectrum of k · n samples, n numbers.
  func coefficients(_ samples: [Float]) -> [Float] {
    precondition(samples.count == span, "k · n samples")
    return coefficients(samples, starts: [0])
  }
}
