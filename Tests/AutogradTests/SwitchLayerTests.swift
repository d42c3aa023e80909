import Autograd
import Foundation
import Tensors
import TestSupport
import Testing
import Wiring

/// A layout and an operation's options.
struct SwitchSetting: Sendable, CustomStringConvertible {
  let maps: Int
  let sizes: [(length: Int, batch: Int)]
  let norm: NormAxis
  let shuffle: Shuffle
  let keep: Float

  var description: String {
    let lengths = sizes.map { "\($0.length)×\($0.batch)" }.joined(separator: ",")
    return "m=\(maps) \(lengths) \(norm) \(shuffle) keep=\(keep)"
  }

  var layout: SequenceLayout { SequenceLayout(sizes) }
  var dropout: LayerDropout? { keep < 1 ? LayerDropout(keep: keep, key: 0x1234_5678_9ABC) : nil }

  /// Examples within a chunk, several chunks, one example over several chunks, several slabs; on
  /// both sides of the longest undivided example (512 pairs), of a run (256), of a slab (2048), and
  /// of whole panels (8 maps).
  static let all: [SwitchSetting] = NormAxis.allCases.flatMap { norm in
    [
      SwitchSetting(maps: 5, sizes: [(8, 3)], norm: norm, shuffle: .left, keep: 1),
      SwitchSetting(maps: 4, sizes: [(4, 1), (2, 3)], norm: norm, shuffle: .right, keep: 1),
      SwitchSetting(
        maps: 6,
        sizes: [(64, 40), (16, 33), (8, 7)],
        norm: norm,
        shuffle: .right,
        keep: 0.5
      ),
      SwitchSetting(maps: 3, sizes: [(2048, 2), (256, 5)], norm: norm, shuffle: .left, keep: 0.7),
      SwitchSetting(maps: 40, sizes: [(128, 3), (8, 9)], norm: norm, shuffle: .left, keep: 0.9),
      SwitchSetting(maps: 20, sizes: [(2048, 2), (4, 9)], norm: norm, shuffle: .right, keep: 0.8),
      SwitchSetting(maps: 2, sizes: [(4096, 5)], norm: norm, shuffle: .right, keep: 1),
      SwitchSetting(maps: 2, sizes: [(8192, 1), (4, 2)], norm: norm, shuffle: .none, keep: 0.9),
      SwitchSetting(maps: 3, sizes: [(1024, 5)], norm: norm, shuffle: .right, keep: 0.9),
      SwitchSetting(maps: 3, sizes: [(2048, 1), (512, 5)], norm: norm, shuffle: .left, keep: 1),
      SwitchSetting(maps: 8, sizes: [(64, 64)], norm: norm, shuffle: .left, keep: 0.8),
      SwitchSetting(maps: 9, sizes: [(64, 65), (32, 5)], norm: norm, shuffle: .right, keep: 0.8),
      SwitchSetting(maps: 7, sizes: [(4, 67)], norm: norm, shuffle: .left, keep: 0.9),
    ]
  }
}

@Suite(.serialized) struct SwitchLayerTests {
  private struct Run {
    let output: [Float]
    let gradients: [[Float]]
  }

  private static func random(seed: UInt64) -> (Shape, UInt64, Double) -> Tensor {
    { shape, index, deviation in
      var stream = RandomSource(seed: seed).stream(.initialValues, index)
      return Tensor((0..<shape.count).map { _ in Float(stream.normal() * deviation) }, shape)
    }
  }

  private static func weights(_ m: Int, seed: UInt64) -> SwitchWeights {
    let random = random(seed: seed)
    return SwitchWeights(sampling: [
      random([2 * m, 4 * m], 1, 0.4), random([4 * m], 2, 0.3), random([4 * m, 2 * m], 3, 0.4),
      random([2 * m], 4, 1), random([2 * m], 5, 1),
    ])
  }

  private func run(
    _ setting: SwitchSetting,
    level: Int = 0,
    composed: Bool = false,
    budget: ActivationBudget = ActivationBudget(),
    seed: UInt64 = 5
  ) throws -> Run {
    let (weights, random) = (Self.weights(setting.maps, seed: seed), Self.random(seed: seed))
    let m = setting.maps
    let layout = setting.layout
    let tape = Tape(isRecording: true, budget: budget)
    let x = tape.input(random([layout.rows, m], 6, 1))
    let y =
      composed
      ? tape.composedSwitchLayer(
        x,
        layout: layout,
        weights: weights,
        norm: setting.norm,
        shuffle: setting.shuffle,
        dropout: setting.dropout
      )
      : tape.switchLayer(
        x,
        layout: layout,
        level: level,
        weights: weights,
        norm: setting.norm,
        shuffle: setting.shuffle,
        dropout: setting.dropout
      )
    let gradients = try tape.backward(from: tape.dot(y, random([layout.rows, m], 7, 1).elements))
    return Run(
      output: y.value.elements,
      gradients: [try #require(gradients.of(x)).elements]
        + weights.all.map(\.gradient.elements)
    )
  }

  @Test("the fused layer equals the composed one", arguments: SwitchSetting.all)
  func fusedEqualsComposed(setting: SwitchSetting) throws {
    let fused = try run(setting)
    let composed = try run(setting, composed: true)
    expectClose(fused.output, composed.output, absolute: 3e-6, relative: 3e-6, "output")
    for (index, pair) in zip(fused.gradients, composed.gradients).enumerated() {
      expectClose(pair.0, pair.1, absolute: 1e-5, relative: 2e-5, "gradient \(index)")
    }
  }

  @Test("results are the same bits for any number of threads", arguments: SwitchSetting.all)
  func threadCount(setting: SwitchSetting) throws {
    let before = WorkerPool.shared.threads
    defer { WorkerPool.shared.resize(threads: before) }
    var runs: [Run] = []
    for threads in [1, 2, 3, 4] {
      WorkerPool.shared.resize(threads: threads)
      runs.append(try run(setting))
    }
    for other in runs.dropFirst() {
      #expect(other.output == runs[0].output)
      #expect(other.gradients == runs[0].gradients)
    }
  }

  @Test("what is computed again is the same bits as what is kept", arguments: SwitchSetting.all)
  func recomputation(setting: SwitchSetting) throws {
    let kept = try run(setting)
    for held in [ActivationBudget.usualHeld, 1 << 18, 0] {
      let recomputed = try run(setting, budget: ActivationBudget(kept: 0, held: held))
      let isSame = kept.output == recomputed.output && kept.gradients == recomputed.gradients
      #expect(isSame, "holding \(held) bytes at a time")
    }
  }

  @Test("a pass that keeps nothing computes the same values", arguments: SwitchSetting.all)
  func inference(setting: SwitchSetting) throws {
    let recorded = try run(setting)
    let (weights, random) = (Self.weights(setting.maps, seed: 5), Self.random(seed: 5))
    let m = setting.maps
    let tape = Tape(isRecording: false)
    let y = tape.switchLayer(
      tape.constant(random([setting.layout.rows, m], 6, 1)),
      layout: setting.layout,
      level: 0,
      weights: weights,
      norm: setting.norm,
      shuffle: setting.shuffle,
      dropout: setting.dropout
    )
    #expect(y.value.elements == recorded.output)
  }

  @Test("segments that are done pass unchanged, the others as if alone")
  func levels() throws {
    let both = SwitchSetting(
      maps: 4,
      sizes: [(16, 3), (4, 2)],
      norm: .positions,
      shuffle: .left,
      keep: 1
    )
    let alone = SwitchSetting(
      maps: 4,
      sizes: [(16, 3)],
      norm: .positions,
      shuffle: .left,
      keep: 1
    )
    let ragged = try run(both, level: 2)
    let single = try run(alone, level: 2)
    #expect(Array(ragged.output.prefix(16 * 3 * 4)) == single.output)
    var stream = RandomSource(seed: 5).stream(.initialValues, 6)
    let inputs = (0..<56 * 4).map { _ in Float(stream.normal()) }
    #expect(Array(ragged.output.suffix(8 * 4)) == Array(inputs.suffix(8 * 4)))
    for (a, b) in zip(ragged.gradients.dropFirst(), single.gradients.dropFirst()) {
      #expect(a == b)
    }
  }

  @Test("dropout drops its share and keeps the expectation")
  func dropoutShare() {
    let layout = SequenceLayout(length: 256, batch: 64)
    let tape = Tape(isRecording: false)
    let x = tape.constant(Tensor(repeating: 1, [layout.rows, 16]))
    let y = tape.dropout(x, layout: layout, LayerDropout(keep: 0.2, key: 99)).value.elements
    let dropped = Double(y.count { $0 == 0 }) / Double(y.count)
    #expect(abs(dropped - 0.1) < 0.002, "rate (1 - 0.2) / log2(256) = 0.1, measured \(dropped)")
    #expect(abs(y.reduce(0, +) / Float(y.count) - 1) < 0.003)
    let other = tape.dropout(x, layout: layout, LayerDropout(keep: 0.2, key: 100)).value.elements
    #expect(y != other)
  }

  @Test("the gradient passes exactly where dropout let the value pass")
  func dropoutGradient() throws {
    let layout = SequenceLayout([(16, 3), (4, 5)])
    let tape = Tape(isRecording: true)
    let x = tape.input(Tensor(repeating: 1, [layout.rows, 7]))
    let y = tape.dropout(x, layout: layout, LayerDropout(keep: 0.3, key: 5))
    let ones = [Float](repeating: 1, count: layout.rows * 7)
    let gradients = try tape.backward(from: tape.dot(y, ones))
    #expect(try #require(gradients.of(x)).elements == y.value.elements)
    #expect(y.value.elements.contains(0))
  }
}
