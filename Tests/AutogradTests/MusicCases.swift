import Autograd
import Foundation
import Tensors
import TestSupport

/// The operations of the music model, at odd sizes.
let musicCases: [OperationCase] = [
  OperationCase(
    name: "stridedWindows of lengths 8, 4, 4 × 3",
    operands: [[16, 3]],
    run: { $0.stridedWindows($1[0], layout: SequenceLayout([(8, 1), (4, 2)])) },
    reference: { p in
      windows(p[0], lengths: [8, 4, 4], channels: 3)
    }
  ),
  OperationCase(
    name: "scaled 5 × 3",
    operands: [[5, 3]],
    run: { $0.scaled($1[0], by: 0.25) },
    reference: { $0[0].map { 0.25 * $0 } }
  ),
]

/// Positions 2j − 1 … 2j + 2 of each example, zeros outside.
private func windows(_ x: [Double], lengths: [Int], channels: Int) -> [Double] {
  var result: [Double] = []
  var first = 0
  for length in lengths {
    for j in 0..<length / 2 {
      for position in 2 * j - 1...2 * j + 2 {
        let isInside = (0..<length).contains(position)
        for c in 0..<channels {
          result.append(isInside ? x[(first + position) * channels + c] : 0)
        }
      }
    }
    first += length
  }
  return result
}
