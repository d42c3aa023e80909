import Autograd
import Foundation
import Tensors
import TestSupport

/// The operations of attention and of convolutions.
let attentionCases: [OperationCase] = [
  OperationCase(
    name: "layerNorm 5 × 13",
    operands: [[5, 13], [13], [13]],
    run: { $0.layerNorm($1[0], gain: $1[1], offset: $1[2]) },
    reference: { Reference.layerNorm($0[0], gain: $0[1], offset: $0[2]) }
  ),
  attentionCase(heads: 1, maps: 3), attentionCase(heads: 2, maps: 6),
  attentionCase(heads: 5, maps: 5),
  // A block of one query, one that leaves a rest, one as long as an example, and one longer; some
  // looks at the monitor between them.
  attentionCase(heads: 2, maps: 6, blocks: AttentionBlocks(queries: 1, scores: 1)),
  attentionCase(heads: 2, maps: 6, blocks: AttentionBlocks(queries: 3, scores: 40)),
  attentionCase(heads: 1, maps: 3, blocks: AttentionBlocks(queries: 4, scores: 64)),
  attentionCase(heads: 1, maps: 3, blocks: AttentionBlocks(queries: 8, scores: 65)),
  attentionCase(heads: 1, maps: 3, blocks: AttentionBlocks(queries: 9)),
  spanCase(heads: 1, blocks: AttentionBlocks()), spanCase(heads: 2, blocks: AttentionBlocks()),
  spanCase(heads: 2, blocks: AttentionBlocks(queries: 2, scores: 5)),
  neighboursCase(distance: 1), neighboursCase(distance: 2), neighboursCase(distance: 4),
]

private func attentionCase(
  heads: Int,
  maps: Int,
  blocks: AttentionBlocks = AttentionBlocks()
) -> OperationCase {
  OperationCase(
    name: "attention of \(heads) heads, \(maps) maps, \(blocks.queries) queries at a time",
    operands: [[16, maps], [16, maps], [16, maps]],
    run: { tape, p in
      let layout = SequenceLayout([(8, 1), (4, 2)])
      // Without a monitor nothing is thrown.
      return
        (try? tape.attention(p[0], p[1], p[2], heads: heads, layout: layout, blocks: blocks))
        ?? p[0]
    },
    reference: {
      Reference.attention($0[0], $0[1], $0[2], heads: heads, maps: maps, lengths: [8, 4, 4])
    }
  )
}

/// Five, one and three queries that attend to two, four and one key, which lie in another order and not side by side.
private func spanCase(heads: Int, blocks: AttentionBlocks) -> OperationCase {
  let spans = [
    AttentionSpan(queries: 0..<5, keys: 5..<7), AttentionSpan(queries: 5..<6, keys: 0..<4),
    AttentionSpan(queries: 6..<9, keys: 8..<9),
  ]
  return OperationCase(
    name: "attention of spans in \(heads) heads, \(blocks.queries) queries at a time",
    operands: [[9, 4], [10, 4], [10, 4]],
    run: { tape, p in
      // Without a monitor nothing is thrown.
      (try? tape.attention(
        p[0],
        p[1],
        p[2],
        heads: heads,
        spans: spans,
        scale: 0.75,
        blocks: blocks
      )) ?? p[0]
    },
    reference: { p in
      var y = [Double](repeating: 0, count: 36)
      let width = 4 / heads
      for span in spans {
        for query in span.queries {
          for head in 0..<heads {
            let columns = head * width..<(head + 1) * width
            let weights = span.keys.map { key in
              exp(0.75 * columns.reduce(0) { $0 + p[0][query * 4 + $1] * p[1][key * 4 + $1] })
            }
            for (key, weight) in zip(span.keys, weights) {
              for c in columns {
                y[query * 4 + c] += weight / weights.reduce(0, +) * p[2][key * 4 + c]
              }
            }
          }
        }
      }
      return y
    }
  )
}

private func neighboursCase(distance: Int) -> OperationCase {
  OperationCase(
    name: "neighbours at distance \(distance)",
    operands: [[16, 3]],
    run: { tape, p in
      tape.neighbours(p[0], distance: distance, layout: SequenceLayout([(8, 1), (4, 2)]))
    },
    reference: {
      Reference.neighbours($0[0], maps: 3, distance: distance, lengths: [8, 4, 4])
    }
  )
}

extension Reference {
  static func layerNorm(_ x: [Double], gain: [Double], offset: [Double]) -> [Double] {
    let channels = gain.count
    var y = x
    for start in stride(from: 0, to: x.count, by: channels) {
      let row = x[start..<start + channels]
      let mean = row.reduce(0, +) / Double(channels)
      let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(channels)
      for c in 0..<channels {
        y[start + c] = gain[c] * (x[start + c] - mean) / (variance + 1e-5).squareRoot() + offset[c]
      }
    }
    return y
  }

  static func attention(
    _ q: [Double],
    _ k: [Double],
    _ v: [Double],
    heads: Int,
    maps: Int,
    lengths: [Int]
  ) -> [Double] {
    var y = [Double](repeating: 0, count: q.count)
    let width = maps / heads
    var first = 0
    for length in lengths {
      for head in 0..<heads {
        let columns = head * width..<(head + 1) * width
        for i in first..<first + length {
          var weights: [Double] = []
          for j in first..<first + length {
            let score = columns.reduce(0.0) { $0 + q[i * maps + $1] * k[j * maps + $1] }
            weights.append(exp(score / Double(width).squareRoot()))
          }
          let sum = weights.reduce(0, +)
          for c in columns {
            for j in 0..<length {
              y[i * maps + c] += weights[j] / sum * v[(first + j) * maps + c]
            }
          }
        }
      }
      first += length
    }
    return y
  }

  static func neighbours(_ x: [Double], maps: Int, distance: Int, lengths: [Int]) -> [Double] {
    var y: [Double] = []
    var first = 0
    for length in lengths {
      for i in 0..<length {
        for j in [i - distance, i, i + distance] {
          for c in 0..<maps {
            y.append(j >= 0 && j < length ? x[(first + j) * maps + c] : 0)
          }
        }
      }
      first += length
    }
    return y
  }
}
