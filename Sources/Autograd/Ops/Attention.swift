import Foundation
import Tensors

/// How attention is divided into parts of work. The sums over queries in the backward pass run
/// block by block.
package struct AttentionBlocks: Sendable {
  /// Queries whose scores are computed at a time.
  package let queries: Int
  /// Scores that are computed between two looks at the monitor, at least one block of queries.
  package let scores: Int

  package init(queries: Int = 256, scores: Int = 1 << 24) {
    self.queries = queries
    self.scores = scores
  }
}

extension Tape {
  /// Attention of every position to all positions of its example, in several heads.
  ///
  ///     P = softmax(q · kᵀ / √d),  y = P · v        for the d = m / heads columns of each head
  ///
  /// Recording keeps P, heads · n² floats an example; otherwise a block of queries at a time is enough.
  /// "Attention Is All You Need" (NeurIPS 2017), section 3.2.
  ///
  /// - Parameters:
  ///   - q: queries, [T, m]; k and v, keys and values, likewise.
  ///   - heads: divides m.
  ///   - blocks: parts of work; other ones are of use in tests only.
  /// - Throws: what the tape's monitor throws.
  package func attention(
    _ q: Variable,
    _ k: Variable,
    _ v: Variable,
    heads: Int,
    layout: SequenceLayout,
    blocks: AttentionBlocks = AttentionBlocks()
  ) throws -> Variable {
    precondition(q.shape == k.shape && q.shape == v.shape, "queries, keys and values of one shape")
    precondition(q.shape[0] == layout.rows && q.shape[1] % heads == 0, "\(q.shape)")
    let run = AttentionRun(
      maps: q.shape[1],
      heads: heads,
      layout: layout,
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

/// Attention over the examples of a layout. Heads of examples are independent parts.
private struct AttentionRun {
  let maps: Int
  let heads: Int
  let layout: SequenceLayout
  let blocks: AttentionBlocks
  let monitor: PassMonitor?

  /// A head of an example, and the queries of it that a part computes.
  private struct Part {
    /// The first element of the head's columns.
    let first: Int
    let length: Int
    /// Where the probabilities of the head begin.
    let weights: Int
    let queries: Range<Int>
  }

  private var width: Int { maps / heads }
  private var scale: Float { Float(1 / Double(width).squareRoot()) }

  /// The parts, with at most so many queries each.
  private func parts(queries: Int) -> [Part] {
    var parts: [Part] = []
    var weights = 0
    for segment in layout.segments {
      let length = segment.length
      for example in 0..<segment.batch {
        let row = segment.firstRow + example * length
        for head in 0..<heads {
          for start in stride(from: 0, to: length, by: queries) {
            parts.append(
              Part(
                first: row * maps + head * width,
                length: length,
                weights: weights,
                queries: start..<min(start + queries, length)
              )
            )
          }
          weights += length * length
        }
      }
    }
    return parts
  }

  /// Runs the parts in groups between which the pass may be ended.
  private func forEach(_ parts: [Part], _ body: (Part) -> Void) throws {
    var start = 0
    while start < parts.count {
      try monitor?.check()
      var (end, scores) = (start, 0)
      while end < parts.count, scores < blocks.scores {
        scores += parts[end].length * parts[end].queries.count
        end += 1
      }
      WorkerPool.shared.run(parts: end - start) { body(parts[start + $0]) }
      start = end
    }
  }

  private var weightCount: Int {
    layout.segments.reduce(0) { $0 + $1.batch * heads * $1.length * $1.length }
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
        let (rows, first, length) = (part.queries.count, part.queries.lowerBound, part.length)
        func attend(_ scores: UnsafeMutablePointer<Float>) {
          withPacked(k + part.first, height: width, width: length, transposed: true) { keys in
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
          withPacked(v + part.first, height: length, width: width) { values in
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
          attend(kept + part.weights + first * part.length)
        } else {
          withScratch(rows * part.length, attend)
        }
      }
    }
    return (value, keeps ? weights : nil)
  }

  /// Rows of maps as a packed right operand of [height, width]; valid inside `body` only.
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
        try forEach(parts(queries: layout.segments.first?.length ?? 1)) { part in
          let pointers = HeadGradients(
            q: q + part.first,
            k: k + part.first,
            v: v + part.first,
            dy: dy + part.first,
            weights: weights + part.weights,
            dq: dq + part.first,
            dk: dk + part.first,
            dv: dv + part.first
          )
          headBackward(pointers, length: part.length)
        }
      }
    }
    return (dq, dk, dv)
  }

  /// One head of one example, a block of queries after the other: the sums over queries keep their order.
  private func headBackward(_ p: HeadGradients, length n: Int) {
    withPacked(p.v, height: width, width: n, transposed: true) { values in
      withPacked(p.k, height: n, width: width) { keys in
        withScratch(min(blocks.queries, n) * n) { d in
          for start in stride(from: 0, to: n, by: blocks.queries) {
            blockBackward(p, start..<min(start + blocks.queries, n), n, values, keys, d)
          }
        }
      }
    }
  }

  /// - Parameters:
  ///   - values: the packed vᵀ, [d, n].
  ///   - keys: the packed k, [n, d].
  ///   - d: room for the gradients of the scores of the queries.
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

/// What the backward pass of one head reads and writes.
private struct HeadGradients {
  let q, k, v, dy, weights: UnsafePointer<Float>
  let dq, dk, dv: UnsafeMutablePointer<Float>
}
