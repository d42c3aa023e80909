import Tensors
import Testing

/// The kernels of norm.inc that work over positions.
@Suite struct KernelNormTests {
  @Test("moments of the columns of a matrix and of a panel", arguments: KernelVariant.available)
  func moments(variant: KernelVariant) {
    let kernels = variant.kernels
    for (rows, columns) in matrixExtents {
      let h = Matrix(rows, columns, seed: 1)
      let panel = Matrix(rows, panelColumns, seed: 2)
      let room = unset(columns)
      let panelRoom = unset(panelColumns)
      let computed = outputs(room, room, panelRoom, panelRoom) {
        kernels.column_moments(rows, columns, h.elements, $0[0], $0[1])
        kernels.panel_moments(rows, panel.elements, $0[2], $0[3])
      }
      for (matrix, results) in [(h, computed[..<2]), (panel, computed[2...])] {
        let expected = (0..<matrix.columns).map { Reference.moments(matrix.column($0)) }
        let what = "\(rows) × \(matrix.columns)"
        expectNear(results.prefix(1), [expected.map(\.mean)], ulps: 2, size: 1, "mean, \(what)")
        let size = Double(rows)
        expectNear(results.suffix(1), [expected.map(\.m2)], ulps: 3, size: size, "m2, \(what)")
      }
    }
  }

  @Test("moments of two parts join to those of the whole", arguments: KernelVariant.available)
  func joinedMoments(variant: KernelVariant) {
    let columns = 35
    for (first, second) in [(1, 1), (1, 5), (3, 100), (64, 13)] {
      let h = Matrix(first + second, columns, seed: 1)
      func moments(_ rows: Range<Int>) -> [(mean: Double, m2: Double)] {
        (0..<columns).map { Reference.moments(Array(h.column($0)[rows])) }
      }
      let (one, other) = (moments(0..<first), moments(first..<first + second))
      let whole = moments(0..<first + second)
      let joined = outputs(one.map(\.mean).floats, one.map(\.m2).floats) {
        let (mean, m2) = (other.map(\.mean).floats, other.map(\.m2).floats)
        variant.kernels.merge_moments(columns, first, $0[0], $0[1], second, mean, m2)
      }
      let expected = [whole.map(\.mean), whole.map(\.m2)]
      expectNear(joined, expected, ulps: 2, size: 1, "\(first) + \(second)")
    }
  }

  @Test("scale and shift of a norm from its moments", arguments: KernelVariant.available)
  func scaleAndShift(variant: KernelVariant) {
    for (rows, columns) in matrixExtents {
      let h = Matrix(rows, columns, seed: 1)
      let offset = offsets(columns)
      let moments = (0..<columns).map { Reference.moments(h.column($0)) }
      let norms = (0..<columns).map { NormReference(positions: h.column($0), offset: offset[$0]) }
      let computed = outputs(unset(columns), unset(columns)) {
        let (mean, m2) = (moments.map(\.mean).floats, moments.map(\.m2).floats)
        variant.kernels.norm_scale_shift(columns, rows, mean, m2, offset, $0[0], $0[1])
      }
      let what = "\(rows) × \(columns)"
      expectNear(computed[0], norms.map { 2 * $0.factor }, ulps: 2, size: 0, "scale, \(what)")
      expectNear(computed[1], norms.map { $0.shift[0] }, ulps: 2, size: 1, "shift, \(what)")
    }
  }

  @Test("a constant channel without offset becomes 0", arguments: KernelVariant.available)
  func constantChannel(variant: KernelVariant) {
    let computed = outputs(unset(1), unset(1)) {
      variant.kernels.norm_scale_shift(1, 3, [7], [0], [0], $0[0], $0[1])
    }
    expectNear(computed.flatMap { $0 }, [2e5, -14e5], ulps: 2, size: 0, "scale, shift")
  }

  @Test("factors of the backward pass", arguments: KernelVariant.available)
  func backwardFactors(variant: KernelVariant) {
    for (count, columns) in matrixExtents {
      let n = Double(count)
      let input = (0..<5).map { normals(columns, seed: UInt64($0)) }
      let computed = outputs(unset(columns), unset(columns), unset(columns), input[4]) { out in
        withInputs(input[0], input[1], input[2], input[3]) { scale, offset, sum, product in
          variant.kernels.norm_backward_factors(
            .init(
              channels: columns,
              count: count,
              scale: scale,
              offset: offset,
              sum_dy: sum,
              sum_dyy: product,
              a: out[0],
              b: out[1],
              c: out[2],
              d_offset: out[3]
            )
          )
        }
      }
      var expected: [[Double]] = [[], [], [], []]
      for column in 0..<columns {
        let x = input.map { Double($0[column]) }
        let (r, offset, meanDy, meanDyy) = (x[0] / 2, x[1], x[2] / n, x[3] / n)
        let dOffset = r * (meanDy - offset * r * meanDyy)
        expected[0].append(2 * r)
        expected[1].append(-2 * r * meanDyy)
        expected[2].append(-2 * dOffset)
        expected[3].append(x[4] + n * dOffset)
      }
      expectNear(computed, expected, ulps: 2, size: 2, "\(count) × \(columns)")
    }
  }

  @Test("all steps together are the norm and its gradient", arguments: KernelVariant.available)
  func wholeNorm(variant: KernelVariant) {
    let kernels = variant.kernels
    for (rows, columns) in matrixExtents {
      let h = Matrix(rows, columns, seed: 1)
      let dy = Matrix(rows, columns, seed: 2)
      let offset = offsets(columns)
      let (room, zeros) = (unset(columns), [Float](repeating: 0, count: columns))
      let computed = outputs(
        h.elements,
        dy.elements,
        zeros,
        room,
        room,
        zeros,
        zeros,
        room,
        room,
        room
      ) {
        let (y, dy, dOffset, scale, shift) = ($0[0], $0[1], $0[2], $0[3], $0[4])
        let (sum, product, a, b, c) = ($0[5], $0[6], $0[7], $0[8], $0[9])
        var (mean, m2) = (room, room)
        kernels.column_moments(rows, columns, y, &mean, &m2)
        kernels.norm_scale_shift(columns, rows, mean, m2, offset, scale, shift)
        kernels.scale_shift(rows, columns, y, scale, shift)
        kernels.norm_backward_sums(rows, columns, y, dy, sum, product)
        withInputs(offset) { offset in
          kernels.norm_backward_factors(
            .init(
              channels: columns,
              count: rows,
              scale: scale,
              offset: offset,
              sum_dy: sum,
              sum_dyy: product,
              a: a,
              b: b,
              c: c,
              d_offset: dOffset
            )
          )
        }
        kernels.norm_backward_apply(rows, columns, y, dy, a, b, c)
      }
      let norms = (0..<columns).map { NormReference(positions: h.column($0), offset: offset[$0]) }
      let gradients = norms.enumerated().map { $1.backward(dy.column($0)) }
      let what = "\(rows) × \(columns)"
      expectNear(computed[0], rowMajor(norms.map(\.y)), ulps: 1, size: 8, "y, \(what)")
      expectNear(computed[1], rowMajor(gradients.map(\.h)), ulps: 2, size: 8, "dh, \(what)")
      let dOffset = gradients.map { $0.d.reduce(0, +) }
      expectNear(computed[2], dOffset, ulps: 1, size: Double(8 + rows), "offset, \(what)")
    }
  }
}
