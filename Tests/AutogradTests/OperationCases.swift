import Autograd
import Foundation
import Tensors
import TestSupport
import Wiring

/// Every operation of the tape, at odd sizes.
let operationCases: [OperationCase] =
  gatedCases + recurrentCases + attentionCases + musicCases + windowCases + [
    OperationCase(
      name: "matmul 7 × 5 × 3",
      operands: [[7, 5], [5, 3]],
      run: { $0.matmul($1[0], $1[1]) },
      reference: { Reference.matmul($0[0], $0[1], inner: 5, columns: 3) }
    ),
    OperationCase(
      name: "addRow 5 × 7",
      operands: [[5, 7], [7]],
      run: { $0.addRow($1[0], $1[1]) },
      reference: { p in p[0].indices.map { p[0][$0] + p[1][$0 % 7] } }
    ),
    OperationCase(
      name: "add 3 × 5 scaled",
      operands: [[3, 5], [3, 5]],
      run: { $0.add($1[0], 0.3, $1[1]) },
      reference: { p in zip(p[0], p[1]).map { $0 + Double(Float(0.3)) * $1 } }
    ),
    OperationCase(
      name: "reshape 6 × 4 to 3 × 8",
      operands: [[6, 4]],
      run: { $0.reshape($1[0], to: [3, 8]) },
      reference: { $0[0] }
    ),
    OperationCase(
      name: "gelu of 37",
      operands: [[37]],
      run: { $0.gelu($1[0]) },
      reference: { $0[0].map(Reference.gelu) }
    ),
    OperationCase(
      name: "gate 5 × 9",
      operands: [[5, 9], [9]],
      run: { $0.gate($1[0], $1[1]) },
      reference: { p in
        p[0].indices.map { p[0][$0] * Reference.sigmoid(2 * p[1][$0 % 9]) }
      }
    ),
    OperationCase(
      name: "positionNorm of examples of 4, 1, 6 rows × 5",
      operands: [[11, 5], [5]],
      run: { $0.positionNorm($1[0], offset: $1[1], examples: [4, 1, 6]) },
      reference: { Reference.positionNorm($0[0], $0[1], examples: [4, 1, 6]) }
    ),
    OperationCase(
      name: "positionNorm of 70 rows × 67 channels",
      operands: [[70, 67], [67]],
      run: { $0.positionNorm($1[0], offset: $1[1], examples: [70]) },
      reference: { Reference.positionNorm($0[0], $0[1], examples: [70]) }
    ),
    OperationCase(
      name: "featureNorm 5 × 35",
      operands: [[5, 35], [35]],
      run: { $0.featureNorm($1[0], offset: $1[1]) },
      reference: { Reference.featureNorm($0[0], $0[1]) }
    ),
    OperationCase(
      name: "lookup of 6 in 4 × 5",
      operands: [[4, 5]],
      run: { $0.lookup([3, 0, 3, 1, 1, 3], in: $1[0]) },
      reference: { p in
        [3, 0, 3, 1, 1, 3].flatMap { row in p[0][row * 5..<row * 5 + 5] }
      }
    ),
    OperationCase(
      name: "spread of 3 × 5 to places of 6",
      operands: [[3, 5]],
      run: { $0.spread($1[0], to: [4, 0, 3], of: 6) },
      reference: { p in
        let zeros = [Double](repeating: 0, count: 5)
        return p[0][5..<10] + zeros + zeros + p[0][10..<15] + p[0][0..<5] + zeros
      }
    ),
    OperationCase(
      name: "symbolLoss of lengths 8 and 4, 5 classes",
      operands: [[20, 5]],
      run: { tape, p in
        tape.symbolLoss(
          p[0],
          labels: lossLabels,
          layout: SequenceLayout([(8, 2), (4, 1)]),
          smoothing: 0.1
        ).loss
      },
      reference: {
        [
          Reference.symbolLoss(
            $0[0],
            labels: lossLabels,
            lengths: [(8, 2), (4, 1)],
            classes: 5,
            smoothing: Double(Float(0.1))
          )
        ]
      }
    ),
  ]
  + [Shuffle.left, .right].map { direction in
    OperationCase(
      name: "shuffle \(direction) of lengths 8 and 2 × 3",
      operands: [[18, 3]],
      run: {
        $0.shuffle($1[0], layout: SequenceLayout([(8, 2), (2, 1)]), direction)
      },
      reference: { p in
        Reference.shuffle(Array(p[0][..<48]), width: 3, length: 8, left: direction == .left)
          + p[0][48...]
      }
    )
  }
  + NormAxis.allCases.flatMap { norm in
    [(maps: 3, length: 8), (maps: 5, length: 4), (maps: 2, length: 16)].flatMap { maps, length in
      [Shuffle.left, .right].map { shuffle in
        switchCase(maps: maps, length: length, batch: 3, norm: norm, shuffle: shuffle)
      }
    }
  }

private let lossLabels: [Int32] = [1, 4, 2, 2, 0, 0, 0, 0, 3, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 2]

/// The fused switch layer with its weights as operands.
private func switchCase(
  maps: Int,
  length: Int,
  batch: Int,
  norm: NormAxis,
  shuffle: Shuffle
) -> OperationCase {
  OperationCase(
    name: "switchLayer m=\(maps) n=\(length) \(norm) \(shuffle)",
    operands: [
      [length * batch, maps], [2 * maps, 4 * maps], [4 * maps], [4 * maps, 2 * maps], [2 * maps],
      [2 * maps],
    ],
    run: { tape, p in
      let weights = SwitchWeights(sampling: p.dropFirst().map(\.value))
      let result = tape.switchLayer(
        p[0],
        layout: SequenceLayout(length: length, batch: batch),
        level: 1,
        weights: weights,
        norm: norm,
        shuffle: shuffle,
        dropout: nil
      )
      return (result, weights.all)
    },
    reference: {
      Reference.switchLayer($0, maps: maps, length: length, norm: norm, left: shuffle == .left)
    }
  )
}

extension SwitchWeights {
  /// Weights with the given values: expand, offset, contract, bias, residual.
  init(sampling values: [Tensor]) {
    self.init(
      expand: Parameter(values[0], role: .matrix),
      offset: Parameter(values[1], role: .vector),
      contract: Parameter(values[2], role: .matrix),
      bias: Parameter(values[3], role: .vector),
      residual: Parameter(values[4], role: .vector)
    )
  }

  var all: [Parameter] { [expand, offset, contract, bias, residual] }
}
