import Foundation
import Tensors
import Testing

@Suite("Kernels of the synthesiser")
struct KernelSynthesisTests {
  let note = rse_note(
    held: 300,
    attack: 40,
    release: 50,
    swell: 0.2,
    vibrato_step: 0.001,
    vibrato_reach: 3,
    vibrato_onset: 0.004,
    tremolo: 0.1,
    noise: 0,
    burst: 0,
    burst_decay: 0.01,
    noise_pitch: 0.5,
    noise_width: 1,
    noise_key: 7
  )

  @Test(
    "a note is the sum of its partials under its envelope",
    arguments: KernelVariant.available,
    [1, 63, 64, 65, 700]
  )
  func partials(variant: KernelVariant, count: Int) {
    let partials = [
      rse_partial(step: 0.0401, phase: 0.3, level: 0.5, decay: 0.002),
      rse_partial(step: 0.4401, phase: 0.9, level: 0.25, decay: 0),
    ]
    let before = normals(count, seed: 3)
    let results = outputs(before) { pointers in
      var note = note
      variant.kernels.add_note(count, partials.count, partials, &note, 0.25, pointers[0])
    }
    let expected = (0..<count).map { index -> Double in
      let time = Double(index) + 0.25
      let wave = sin(2 * .pi * 0.001 * time) * min(1, 0.004 * time)
      let sum = partials.reduce(0.0) { sum, partial in
        let turns = Double(partial.phase) + partial.step * (time + 3 * wave)
        // Levels fall linearly within 64 samples.
        let (block, share) = (Double(index / 64), Double(index % 64) / 64)
        let factor = exp(-64 * Double(partial.decay))
        let level = Double(partial.level) * pow(factor, block) * (1 - share + share * factor)
        return sum + level * sin(2 * .pi * turns)
      }
      let rise = sin(.pi / 2 * min(1, time / 40))
      let swell = 1 + 0.2 * sin(.pi * min(1, time / 300))
      let gain = rise * rise * exp(-max(0, time - 300) / 50) * swell * (1 + 0.1 * wave)
      return Double(before[index]) + gain * sum
    }
    expectNear(results[0], expected, ulps: 128, size: 1, "note")
  }

  @Test("variants give the same noise", arguments: KernelVariant.available)
  func noise(variant: KernelVariant) throws {
    let portable = try #require(KernelVariant("portable"))
    func noise(_ variant: KernelVariant) -> [Float] {
      var note = note
      note.noise = 0.1
      note.burst = 0.3
      var samples = [Float](repeating: 0, count: 500)
      variant.kernels.add_note(500, 0, [], &note, 0, &samples)
      variant.kernels.add_noise(500, 0.1, 5, &samples)
      return samples
    }
    let samples = noise(variant)
    expectNear(samples, noise(portable).map(Double.init), ulps: 16, size: 1, "noise")
    #expect(samples.contains { abs($0) > 0.05 })
  }

  @Test("a room without reverberation leaves samples alone", arguments: KernelVariant.available)
  func room(variant: KernelVariant) {
    var room = rse_room(
      low: 1,
      high: 1,
      shelf_step: 0.1,
      delays: (5, 7, 9, 11, 3, 2),
      feedback: (0.5, 0.5, 0.5, 0.5),
      damping: 0.6,
      wet: 0,
      hiss: 0,
      hiss_key: 1
    )
    let samples = normals(100, seed: 1)
    func through(_ samples: [Float]) -> [Float] {
      var lines = [Float](repeating: 0, count: 6 * 16)
      return outputs(samples) { variant.kernels.add_room(100, &room, 15, &lines, $0[0]) }[0]
    }
    expectNear(through(samples), samples.map(Double.init), ulps: 4, size: 1, "dry")
    room.wet = 0.5
    let impulse = [1] + [Float](repeating: 0, count: 99)
    let echoes = through(impulse)
    // The first echo comes through the shortest comb and, without delay, both allpasses.
    #expect(echoes.firstIndex { abs($0) > 1e-6 && $0 != 1 } == 5)
    #expect(abs(echoes[5] - 0.125) < 1e-6 && echoes[6] == 0 && abs(echoes[7]) > 0.01)
  }

  @Test("peak, scale and cubic interpolation", arguments: KernelVariant.available)
  func simple(variant: KernelVariant) {
    let samples = normals(77, seed: 2)
    #expect(variant.kernels.peak(77, samples) == samples.map(abs).max())
    #expect(variant.kernels.peak(0, samples) == 0)
    let scaled = outputs(samples) { variant.kernels.scale(77, 0.3, $0[0]) }[0]
    expectNear(scaled, samples.map { 0.3 * Double($0) }, ulps: 1, size: 0.1, "scaled")
    // Straight lines and parabolas are met exactly.
    let parabola = (0..<40).map { Float(0.01 * Double($0 * $0) - Double($0)) }
    let between = outputs(unset(30)) {
      variant.kernels.resample_cubic(30, parabola, 2.5, 1.1, $0[0])
    }
    let times = (0..<30).map { 2.5 + 1.1 * Double($0) }
    expectNear(between[0], times.map { 0.01 * $0 * $0 - $0 }, ulps: 16, size: 30, "parabola")
  }
}
