import Tensors
import Testing

/// The kernels at the end of a switch unit.
@Suite struct KernelSwitchTests {
  /// Pairs of vectors, and where they lie in the shuffled sequence.
  private struct Pairs {
    let rows, maps: Int
    let layout: rse_pair_layout

    var count: Int { rows * 2 * maps }
    var name: String { "\(rows) pairs of \(maps) at \(layout)" }

    static let all = [(1, 1), (2, 5), (3, 16), (5, 17), (12, 33), (13, 8), (100, 3)].flatMap {
      sizes -> [Pairs] in
      let (rows, maps) = sizes
      // Side by side, far apart, exchanged, and with gaps.
      let layouts = [
        rse_pair_layout(first: 0, second: maps, stride: 2 * maps),
        rse_pair_layout(first: 0, second: rows * maps, stride: maps),
        rse_pair_layout(first: rows * maps, second: 0, stride: maps),
        rse_pair_layout(first: 3, second: maps + 5, stride: 2 * maps + 7),
      ]
      return layouts.map { Pairs(rows: rows, maps: maps, layout: $0) }
    }

    /// The place of an element of a pair in the sequence.
    func place(_ element: Int) -> Int {
      let (pair, channel) = (element / (2 * maps), element % (2 * maps))
      let first = channel < maps ? layout.first : layout.second
      return first + pair * layout.stride + channel % maps
    }

    /// The elements at their places in the sequence, NaN between them.
    func placed<Number: FloatingPoint>(_ elements: [Number]) -> [Number] {
      let length = (0..<count).map(place).max() ?? 0
      var result = [Number](repeating: .nan, count: length + 1)
      for (index, element) in elements.enumerated() { result[place(index)] = element }
      return result
    }
  }

  private static let dropouts = [
    rse_dropout(key0: 7, key1: 8, threshold: 0, scale: 1),
    rse_dropout(key0: 0x1234_5678, key1: 0x9ABC_DEF0, threshold: 0x4000_0000, scale: 4.0 / 3),
    rse_dropout(key0: .max, key1: 1, threshold: 0xC000_0000, scale: 4),
  ]

  /// The first element of a dropout; from the second on the index soon starts again from 0.
  private static let firstElements: [UInt32] = [0, .max - 40]

  private func factors(_ dropout: rse_dropout, _ first: UInt32, _ count: Int) -> [Float] {
    (0..<count).map { Reference.factor(dropout, element: first &+ UInt32($0)) }
  }

  @Test("the same elements are dropped in all variants", arguments: KernelVariant.available)
  func dropout(variant: KernelVariant) {
    for dropout in Self.dropouts {
      for first in Self.firstElements {
        for count in [0, 1, 7, 16, 31, 33, 1000] {
          let x = normals(count, seed: 1)
          let expected = zip(x, factors(dropout, first, count)).map { $0 * $1 }
          let result = outputs(unset(count)) {
            variant.kernels.dropout(count, x, $0[0], dropout, first)
          }[0]
          expectSame(result, expected, "\(dropout) of \(count) from \(first)")
        }
      }
    }
  }

  @Test("as many elements are dropped as the threshold says", arguments: KernelVariant.available)
  func dropoutRate(variant: KernelVariant) {
    let ones = [Float](repeating: 1, count: 20_000)
    for dropout in Self.dropouts {
      let result = outputs(unset(ones.count)) {
        variant.kernels.dropout(ones.count, ones, $0[0], dropout, 0)
      }[0]
      let rate = Double(dropout.threshold) * 0x1p-32
      let expected = rate * Double(ones.count)
      let deviation = (expected * (1 - rate)).squareRoot()
      #expect(abs(Double(result.count { $0 == 0 }) - expected) <= 5 * deviation)
    }
  }

  @Test("pairs go to their places and come back", arguments: KernelVariant.available)
  func pairs(variant: KernelVariant) {
    for pairs in Pairs.all {
      let values = normals(pairs.count, seed: 1)
      let sequence = pairs.placed(values)
      let results = outputs(unset(sequence.count), unset(pairs.count)) {
        variant.kernels.store_pairs(pairs.rows, pairs.maps, values, pairs.layout, $0[0])
        variant.kernels.load_pairs(pairs.rows, pairs.maps, sequence, pairs.layout, $0[1])
      }
      expectSame(results[0], sequence, pairs.name)
      expectSame(results[1], values, pairs.name)
    }
  }

  /// Calls `body` with all settings of the two kernels.
  private func forEachSetting(_ body: (Pairs, rse_dropout, _ first: UInt32, String) -> Void) {
    for pairs in Pairs.all {
      for (number, dropout) in Self.dropouts.enumerated() {
        for first in Self.firstElements {
          body(pairs, dropout, first, "\(pairs.name), dropout \(number) from \(first)")
        }
      }
    }
  }

  @Test("the gated sum goes to its shuffled places", arguments: KernelVariant.available)
  func epilogue(variant: KernelVariant) {
    forEachSetting { pairs, dropout, first, what in
      let width = 2 * pairs.maps
      let (x, candidate) = (normals(pairs.count, seed: 1), normals(pairs.count, seed: 2))
      let (gate, bias) = (normals(width, seed: 3), normals(width, seed: 4))
      let expected = zip(factors(dropout, first, pairs.count), x.indices).map { factor, i in
        let gated = Double(gate[i % width]) * Double(x[i])
        return Double(factor) * (gated + Double(candidate[i]) + Double(bias[i % width]))
      }
      let places = pairs.placed(expected)
      let result = outputs(unset(places.count)) { out in
        withInputs(x, candidate, gate, bias) { x, candidate, gate, bias in
          variant.kernels.switch_epilogue(
            .init(
              rows: pairs.rows,
              maps: pairs.maps,
              x: x,
              candidate: candidate,
              gate: gate,
              bias: bias,
              out: out[0],
              layout: pairs.layout,
              dropout: dropout,
              element: first
            )
          )
        }
      }[0]
      expectNear(result, places, ulps: 2, size: 4, what)
    }
  }

  @Test("the gradient comes from its shuffled places", arguments: KernelVariant.available)
  func gather(variant: KernelVariant) {
    forEachSetting { pairs, dropout, first, what in
      let width = 2 * pairs.maps
      let (d, x) = (normals(pairs.count, seed: 1), normals(pairs.count, seed: 2))
      let (gate, sums) = (normals(width, seed: 3), normals(width, seed: 4))
      let room = unset(pairs.count)
      let results = outputs(room, room, sums, gate) { out in
        withInputs(pairs.placed(d), x, gate) { d, x, gate in
          variant.kernels.switch_gather(
            .init(
              rows: pairs.rows,
              maps: pairs.maps,
              d_out: d,
              layout: pairs.layout,
              x: x,
              gate: gate,
              dropout: dropout,
              element: first,
              dy: out[0],
              dx: out[1],
              sum_dy: out[2],
              sum_dyx: out[3]
            )
          )
        }
      }
      let dy = zip(d, factors(dropout, first, pairs.count)).map { $0 * $1 }
      expectSame(results[0], dy, what)
      expectSame(results[1], dy.indices.map { gate[$0 % width] * dy[$0] }, what)
      let expected = [
        Reference.columnSums(dy.doubles, onto: sums),
        Reference.columnSums(zip(dy.doubles, x.doubles).map(*), onto: gate),
      ]
      expectNear(results[2...], expected, ulps: 2, size: Double(pairs.rows), what)
    }
  }
}
