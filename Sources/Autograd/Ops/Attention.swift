import Foundation
import Tensors

/// The division of attention into parts of work.
/// The sums over queries in the backward pass run block by block.
package struct AttentionBlocks: Sendable {
  /// The number of queries whose scores are computed at a time.
  package let queries: Int
  /// The number of scores computed between two checks of the monitor, at least one block of queries.
  package let scores: Int

  package init(queries: Int = 256, scores: Int = 1 << 24) {
    self.queries = queries
    self.scores = scores
  }
}

/// The positions that attend, and those that they attend to.
package struct AttentionSpan: Hashable, Sendable {
  /// The rows of the queries.
  package let queries: Range<Int>
  /// The rows of the keys and values.
  package let keys: Range<Int>

  package init(queries: Range<Int>, keys: Range<Int>) {
    self.queries = queries
    self.keys = keys
  }

  /// Returns the spans of examples that each attend to all of their own positions.
  fileprivate static func examples(of layout: SequenceLayout) -> [AttentionSpan] {
    var row = 0
    return layout.lengths.map { length in
      defer { row += length }
      return AttentionSpan(queries: row..<row + length, keys: row..<row + length)
    }
  }
}

extension Tape {
  /// Returns the attention of every position to all positions of its example, in several heads.
  ///
  ///     P = softmax(q · kᵀ / √d),  y = P · v        for the d = m / heads columns of each head
  ///
  /// Recording keeps P, heads · n² floats an example; otherwise one block of queries at a time is enough.
  /// "Attention Is All You Need" (NeurIPS 2017), section 3.2.
  ///
  /// - Parameters:
  ///   - q: queries, [T, m]; k and v, keys and values, have the same shape.
  ///   - heads: the number of heads; divides m.
  ///   - blocks: the division into parts of work; only tests change it.
  /// - Throws: any error that the tape's monitor throws.
  package func attention(
    _ q: Variable,
    _ k: Variable,
    _ v: Variable,
    heads: Int,
    layout: SequenceLayout,
    blocks: AttentionBlocks = AttentionBlocks()
  ) throws -> Variable {
    precondition(q.shape == k.shape, "queries, keys and values of one shape")
    return try attention(
      q,
      k,
      v,
      heads: heads,
      spans: AttentionSpan.examples(of: layout),
      scale: Float(1 / Double(q.shape[1] / heads).squareRoot()),
      blocks: blocks
    )
  }

  /// Returns the attention of positions to others, in several heads.
  ///
  ///     P = softmax(scale · q · kᵀ),  y = P · v        for the m / heads columns of each head
  ///
  /// - Parameters:
  ///   - q: queries, [T, m].
  ///   - k: keys, [K, m]; the values v have the same shape.
  ///   - heads: the number of heads; divides m.
  ///   - spans: the spans, whose queries are the T rows in order.
  ///   - blocks: the division into parts of work; only tests change it.
  /// - Returns: [T, m].
  /// - Throws: any error that the tape's monitor throws.
  package func attention(
    _ q: Variable,
    _ k: Variable,
    _ v: Variable,
    heads: Int,
    spans: [AttentionSpan],
    scale: Float,
    blocks: AttentionBlocks = AttentionBlocks()
  ) throws -> Variable {
    precondition(k.shape == v.shape && q.shape[1] == k.shape[1], "keys and values of one shape")
    precondition(q.shape[1] % heads == 0, "\(q.shape) in \(heads) heads")
    let end = spans.reduce(0) { row, span in
      precondition(span.queries.lowerBound == row, "queries one after another")
      return span.queries.upperBound
    }
    precondition(q.shape[0] == end, "\(q.shape) for \(end) queries")
    let run = AttentionRun(
      maps: q.shape[1],
      heads: heads,
      spans: spans,
      scale: scale,
      blocks: blocks,
      monitor: monitor
    )
    let (value, weights) = try run.forward(q.value, k.value, v.value, keeps: isRecording)
    return record(value) { gradient, gradients in
      guard let weights else { return }
      let (dq, dk, dv) = try run.backward(gradient, q.value, k.value, v.value, weights)
      gradients.add(dq, to: q)
      gradients.add(dk, to: k)
      gradients.add(dv, to: v)
    }
  }
}

/// Attention over spans. The heads of the spans are independent parts.
private struct AttentionRun {
  let maps: Int
  let heads: Int
  let spans: [AttentionSpan]
  let scale: Float
  let blocks: AttentionBlocks
  let monitor: PassMonitor?

  /// One head of one span, and its queries that a part computes.
  private struct Part {
    /// The index of the first element of the head's query columns.
    let first: Int
    /// The same index for keys and values, and the number of keys.
    let firstKey, keys: Int
    /// The offset of the head's probabilities.
    let weights: Int
    let queries: Range<Int>
  }

  private var width: Int { maps / heads }

  /// Returns the parts, with at most `queries` queries each.
  private func parts(queries: Int) -> [Part] {
    var parts: [Part] = []
    var weights = 0
    for span in spans {
      let count = span.queries.count
      for head in 0..<heads {
        for start in stride(from: 0, to: count, by: queries) {
          parts.append(
            Part(
              first: span.queries.lowerBound * maps + head * width,
              firstKey: span.keys.lowerBound * maps + head * width,
              keys: span.keys.count,
              weights: weights,
              queries: start..<min(start + queries, count)
            )
          )
        }
        weights += count * span.keys.count
      }
    }
    return parts
  }

  /// Runs the parts in groups; the pass may be ended between two groups.
  private func forEach(_ parts: [Part], _ body: (Part) -> Void) throws {
    var start = 0
    while start < parts.count {
      try monitor?.check()
      var (end, scores) = (start, 0)
      while end < parts.count, scores < blocks.scores {
        scores += parts[end].keys * parts[end].queries.count
        end += 1
      }
      WorkerPool.shared.run(parts: end - start) { body(parts[start + $0]) }
      start = end
    }
  }

  private var weightCount: Int {
    spans.reduce(0) { $0 + heads * $1.queries.count * $1.keys.count }
  }

  func forward(
    _ q: Tensor,
    _ k: Tensor,
    _ v: Tensor,
    keeps: Bool
  ) throws -> (value: Tensor, weights: Tensor?) {
    var weights = Tensor(zeros: [keeps ? weightCount : 0])
    var value = Tensor(unwritten: q.shape)
    try withPointers(writing: &value, &weights, reading: q, k, v) { out, kept, q, k, v in
      try forEach(parts(queries: blocks.queries)) { part in
        let (rows, first, length) = (part.queries.count, part.queries.lowerBound, part.keys)
        func attend(_ scores: UnsafeMutablePointer<Float>) {
          withPacked(k + part.firstKey, height: width, width: length, transposed: true) { keys in
            MatrixProduct.multiply(
              q + part.first + first * maps,
              stride: maps,
              rows: rows,
              by: keys,
              height: width,
              width: length,
              into: scores,
              stride: length
            )
          }
          kernels.softmax_rows(rows, length, scale, scores)
          withPacked(v + part.firstKey, height: length, width: width) { values in
            MatrixProduct.multiply(
              scores,
              stride: length,
              rows: rows,
              by: values,
              height: length,
              width: width,
              into: out + part.first + first * maps,
              stride: maps
            )
          }
        }
        if keeps {
          attend(kept + part.weights + first * part.keys)
        } else {
          withScratch(rows * part.keys, attend)
        }
      }
    }
    return (value, keeps ? weights : nil)
  }

  /// Calls `body` with rows of maps as a packed right operand of [height, width], valid inside `body` only.
  private func withPacked(
    _ rows: UnsafePointer<Float>,
    height: Int,
    width: Int,
    transposed: Bool = false,
    _ body: (UnsafePointer<Float>) -> Void
  ) {
    withScratch(MatrixProduct.packedCount(height: height, width: width)) { packed in
      MatrixProduct.pack(
        MatrixOperand(rows, rowStride: maps, transposed: transposed),
        height: height,
        width: width,
        into: packed
      )
      body(packed)
    }
  }

  func backward(
    _ gradient: Tensor,
    _ q: Tensor,
    _ k: Tensor,
    _ v: Tensor,
    _ weights: Tensor
  ) throws -> (dq: Tensor, dk: Tensor, dv: Tensor) {
    var (dk, dv) = (Tensor(zeros: k.shape), Tensor(zeros: v.shape))
    let dq = try Tensor(q.shape, reading: q, k, v) { dq, q, k, v in
      try withPointers(
        writing: &dk,
        &dv,
        reading: gradient,
        weights
      ) { dk, dv, dy, weights in
        try forEach(parts(queries: spans.map(\.queries.count).max() ?? 1)) { part in
          let pointers = HeadGradients(
            q: q + part.first,
            k: k + part.firstKey,
            v: v + part.firstKey,
            dy: dy + part.first,
            weights: weights + part.weights,
            dq: dq + part.first,
            dk: dk + part.firstKey,
            dv: dv + part.firstKey
          )
          headBackward(pointers, queries: part.queries.count, keys: part.keys)
        }
      }
    }
    return (dq, dk, dv)
  }

  /// Computes one head of one span, block of queries by block of queries: the sums over queries keep their order.
  private func headBackward(_ p: HeadGradients, queries: Int, keys n: Int) {
    withPacked(p.v, height: width, width: n, transposed: true) { values in
      withPacked(p.k, height: n, width: width) { keys in
        withScratch(min(blocks.queries, queries) * n) { d in
          for start in stride(from: 0, to: queries, by: blocks.queries) {
            blockBackward(p, start..<min(start + blocks.queries, queries), n, values, keys, d)
          }
        }
      }
    }
  }

  /// - Parameters:
  ///   - values: the packed vᵀ, [d, n].
  ///   - keys: the packed k, [n, d].
  ///   - d: a buffer for the gradients of the queries' scores.
  private func blockBackward(
    _ p: HeadGradients,
    _ queries: Range<Int>,
    _ n: Int,
    _ values: UnsafePointer<Float>,
    _ keys: UnsafePointer<Float>,
    _ d: UnsafeMutablePointer<Float>
  ) {
    let (weights, offset) = (p.weights + queries.lowerBound * n, queries.lowerBound * maps)
    func addOuter(
      _ a: UnsafePointer<Float>,
      _ b: UnsafePointer<Float>,
      into c: UnsafeMutablePointer<Float>
    ) {
      MatrixProduct.addOuter(
        a,
        stride: n,
        b,
        stride: maps,
        into: c,
        stride: maps,
        rows: n,
        columns: width,
        inner: queries.count
      )
    }
    addOuter(weights, p.dy + offset, into: p.dv)
    MatrixProduct.multiply(
      p.dy + offset,
      stride: maps,
      rows: queries.count,
      by: values,
      height: width,
      width: n,
      into: d,
      stride: n
    )
    kernels.softmax_rows_backward(queries.count, n, scale, weights, d)
    MatrixProduct.multiply(
      d,
      stride: n,
      rows: queries.count,
      by: keys,
      height: n,
      width: width,
      into: p.dq + offset,
      stride: maps
    )
    addOuter(d, p.q + offset, into: p.dk)
  }
}

/// The inputs and outputs of one head's backward pass.
private struct HeadGradients {
  let q, k, v, dy, weights: UnsafePointer<Float>
  let dq, dk, dv: UnsafeMutablePointer<Float>
}
