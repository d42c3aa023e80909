import Autograd
import Foundation
import Tensors
import TestSupport

/// The operations of gated and recurrent networks.
let gatedCases: [OperationCase] =
  [
    OperationCase(
      name: "sigmoid of 37, shifted",
      operands: [[37]],
      run: { $0.sigmoid($1[0], shift: 0.5) },
      reference: { $0[0].map { Reference.sigmoid($0 + 0.5) } }
    ),
    OperationCase(
      name: "tanh of 3 × 13",
      operands: [[3, 13]],
      run: { $0.tanh($1[0]) },
      reference: { $0[0].map { Foundation.tanh($0) } }
    ),
    OperationCase(
      name: "tanh of 41, scaled",
      operands: [[41]],
      run: { $0.tanh($1[0], factor: 0.75) },
      reference: { $0[0].map { Foundation.tanh(0.75 * $0) } }
    ),
    OperationCase(
      name: "multiply 5 × 7",
      operands: [[5, 7], [5, 7]],
      run: { $0.multiply($1[0], $1[1]) },
      reference: { zip($0[0], $0[1]).map { $0 * $1 } }
    ),
    OperationCase(
      name: "multiply by itself",
      operands: [[23]],
      run: { $0.multiply($1[0], $1[0]) },
      reference: { $0[0].map { $0 * $0 } }
    ),
    OperationCase(
      name: "add 5 × 7 scaled by a row",
      operands: [[5, 7], [5, 7], [7]],
      run: { $0.add($1[0], $1[1], scaledBy: $1[2]) },
      reference: { p in p[0].indices.map { p[0][$0] + p[1][$0] * p[2][$0 % 7] } }
    ),
    OperationCase(
      name: "blend 3 × 11",
      operands: [[3, 11], [3, 11], [3, 11]],
      run: { $0.blend($1[0], $1[1], $1[2]) },
      reference: { Reference.blend($0[0], $0[1], $0[2]) }
    ),
    OperationCase(
      name: "joinColumns 4 × 3 and 4 × 5",
      operands: [[4, 3], [4, 5]],
      run: { $0.joinColumns($1[0], $1[1]) },
      reference: { Reference.joinColumns($0[0], 3, $0[1], 5) }
    ),
    OperationCase(
      name: "swapHalves of 3 pairs of 5 maps",
      operands: [[3, 10]],
      run: { $0.swapHalves($1[0]) },
      reference: { Reference.swapHalves($0[0], maps: 5) }
    ),
    OperationCase(
      name: "haltingShare of positions that go on, end, and have ended",
      operands: [[4, 1], [4, 1]],
      run: {
        $0.haltingShare(
          $1[0],
          $1[1],
          goes: [true, false, false, true],
          ends: [false, true, false, false]
        )
      },
      reference: { [$0[0][0], 1 - $0[1][1], 0, $0[0][3]] }
    ),
    OperationCase(
      name: "a scalar and the sum of 2 × 3",
      operands: [[], [2, 3]],
      run: { $0.add($1[0], 0.3, sumOf: $1[1]) },
      reference: { [$0[0][0] + Double(Float(0.3)) * $0[1].reduce(0, +)] }
    ),
    OperationCase(
      name: "leadingRows 3 of 5",
      operands: [[5, 4]],
      run: { $0.leadingRows($1[0], 3) },
      reference: { Array($0[0].prefix(12)) }
    ),
    OperationCase(
      name: "replaceLeadingRows 2 of 5",
      operands: [[5, 4], [2, 4]],
      run: { $0.replaceLeadingRows(of: $1[0], by: $1[1]) },
      reference: { $0[1] + $0[0].dropFirst(8) }
    ),
  ]

/// Both cells in both directions, on examples of two lengths: all at a time, in groups that end
/// with a length and within one, in slabs of one step, of some that leave a rest, and of as many as
/// the short examples have.
let recurrentCases: [OperationCase] = [RecurrentCell.lstm, .gru].flatMap { cell in
  [false, true].flatMap { isReversed in
    [
      RecurrenceBlocks(),
      RecurrenceBlocks(examples: 1, positions: 1, leastSteps: 1),
      RecurrenceBlocks(examples: 2, positions: 15, leastSteps: 1),
      RecurrenceBlocks(examples: 3, positions: 1, leastSteps: 4),
      RecurrenceBlocks(examples: 4, positions: 25, leastSteps: 1),
    ].map { recurrentCase(cell, isReversed: isReversed, blocks: $0) } + [
      recurrentCase(
        cell,
        isReversed: isReversed,
        lengths: [11, 7, 7, 2, 1],
        blocks: RecurrenceBlocks(examples: 2, positions: 1, leastSteps: 3)
      )
    ]
  }
}

private func recurrentCase(
  _ cell: RecurrentCell,
  isReversed: Bool,
  lengths: [Int] = [8, 8, 4, 4, 4],
  blocks: RecurrenceBlocks
) -> OperationCase {
  OperationCase(
    name: """
      recurrence \(cell)\(isReversed ? ", reversed" : ""), lengths \(lengths), \(blocks.examples) \
      examples and \(max(blocks.leastSteps, blocks.positions / 5)) steps at a time
      """,
    operands: [[28, cell.gates * 3], [3, cell.gates * 3]],
    run: { tape, p in
      // Without a monitor nothing is thrown.
      (try? tape.recurrence(
        p[0],
        p[1],
        cell: cell,
        lengths: lengths,
        isReversed: isReversed,
        blocks: blocks
      )) ?? p[0]
    },
    reference: { p in
      Reference.recurrence(
        p[0],
        p[1],
        units: 3,
        cell: cell,
        lengths: lengths,
        isReversed: isReversed
      )
    }
  )
}

extension Reference {
  static func blend(_ z: [Double], _ a: [Double], _ b: [Double]) -> [Double] {
    z.indices.map { z[$0] * a[$0] + (1 - z[$0]) * b[$0] }
  }

  static func joinColumns(_ a: [Double], _ left: Int, _ b: [Double], _ right: Int) -> [Double] {
    var result: [Double] = []
    for row in 0..<a.count / left {
      result += a[row * left..<(row + 1) * left]
      result += b[row * right..<(row + 1) * right]
    }
    return result
  }

  static func swapHalves(_ x: [Double], maps: Int) -> [Double] {
    var result = x
    for pair in stride(from: 0, to: x.count, by: 2 * maps) {
      for map in 0..<maps / 2 { result.swapAt(pair + map, pair + maps + map) }
    }
    return result
  }

  /// A recurrent cell on consecutive examples of the given lengths.
  static func recurrence(
    _ x: [Double],
    _ weights: [Double],
    units: Int,
    cell: RecurrentCell,
    lengths: [Int],
    isReversed: Bool
  ) -> [Double] {
    let width = cell.gates * units
    var result = [Double](repeating: 0, count: x.count / width * units)
    var first = 0
    for length in lengths {
      var (h, c) = ([Double](repeating: 0, count: units), [Double](repeating: 0, count: units))
      for step in 0..<length {
        let row = first + (isReversed ? length - 1 - step : step)
        let share = matmul(h, weights, inner: units, columns: width)
        func gate(_ gate: Int, _ unit: Int) -> (x: Double, share: Double) {
          (x[row * width + gate * units + unit], share[gate * units + unit])
        }
        func open(_ number: Int, _ unit: Int) -> Double {
          sigmoid(gate(number, unit).x + gate(number, unit).share)
        }
        for unit in 0..<units {
          switch cell {
          case .lstm:
            let g = gate(2, unit)
            c[unit] = open(1, unit) * c[unit] + open(0, unit) * Foundation.tanh(g.x + g.share)
            h[unit] = open(3, unit) * Foundation.tanh(c[unit])
          case .gru:
            let (z, n) = (open(1, unit), gate(2, unit))
            let new = Foundation.tanh(n.x + open(0, unit) * n.share)
            h[unit] = (1 - z) * new + z * h[unit]
          }
          result[row * units + unit] = h[unit]
        }
      }
      first += length
    }
    return result
  }
}
