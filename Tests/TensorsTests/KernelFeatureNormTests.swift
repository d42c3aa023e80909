import Tensors
import Testing

/// The norm over the features of each position, of row-major matrices and of panels.
@Suite struct KernelFeatureNormTests {
  /// A matrix, its offset, and the norm of each row.
  private func sample(
    _ rows: Int,
    _ columns: Int
  ) -> (h: Matrix, offset: [Float], norms: [NormReference]) {
    let (h, offset) = (Matrix(rows, columns, seed: 1), offsets(columns))
    return (h, offset, (0..<rows).map { NormReference(features: h.row($0), offset: offset) })
  }

  /// The row, filled up with zeros to whole panels.
  private func padded(_ row: [Float]) -> [Float] { Matrix(1, row.count, row).panels }

  @Test("each row is normed", arguments: KernelVariant.available)
  func forward(variant: KernelVariant) {
    let kernels = variant.kernels
    for (rows, columns) in matrixExtents {
      let (h, offset, norms) = sample(rows, columns)
      let (panels, room) = (h.panels, unset(rows))
      let computed = outputs(h.elements, room, panels, room, unset(panels.count)) {
        kernels.feature_norm_forward(rows, columns, $0[0], offset, $0[1])
        kernels.panel_feature_norm_gelu(rows, columns, $0[2], padded(offset), $0[3], $0[4])
      }
      let (y, factors) = (norms.flatMap(\.y), norms.map(\.factor))
      let inPanels = Matrix(rows, columns, y.floats).panels.doubles
      let expected = [y, factors, inPanels, factors, inPanels.map(Reference.gelu)]
      expectNear(computed, expected, ulps: 4, size: 1, "\(rows) × \(columns)")
    }
  }

  @Test("the gradients of h and of the offset", arguments: KernelVariant.available)
  func backward(variant: KernelVariant) {
    for (rows, columns) in matrixExtents {
      let norms = sample(rows, columns).norms
      let (y, factors) = (norms.flatMap(\.y), norms.map(\.factor).floats)
      let normed = Matrix(rows, columns, y.floats)
      let d = Matrix(rows, columns, seed: 2)
      let dOffset = normals(columns, seed: 3)
      let room = unset(d.panels.count)
      let computed = outputs(d.elements, dOffset, d.panels, padded(dOffset), room) {
        variant.kernels.feature_norm_backward(
          rows,
          columns,
          normed.elements,
          $0[0],
          factors,
          $0[1]
        )
        let (d, dOffset, g) = ($0[2], $0[3], $0[4])
        withInputs(normed.panels, factors) { y, factors in
          variant.kernels.panel_feature_norm_gelu_backward(
            .init(
              rows: rows,
              channels: columns,
              y: y,
              d: d,
              g: g,
              weight: geluWeight,
              factor: factors,
              d_offset: dOffset
            )
          )
        }
      }
      /// Checks dh and the gradient of the offset against the reference of this dy.
      func check(_ dh: [Float], _ offset: [Float], dy: [[Double]], _ what: String) {
        let gradients = zip(norms, dy).map { $0.backward($1) }
        let sums = (0..<columns).map { column in
          gradients.reduce(Double(dOffset[column])) { $0 + $1.d[column] }
        }
        let what = "\(what) of \(rows) × \(columns)"
        expectNear(dh, gradients.flatMap(\.h), ulps: 2, size: 4, what)
        expectNear(offset, sums, ulps: 1, size: Double(4 + rows), what)
      }
      let dg = (0..<rows).map(d.row)
      check(computed[0], computed[1], dy: dg, "matrix")
      let dy = zip(dg, norms).map { zip($0, $1.y).map { $0 * Reference.geluDerivative($1) } }
      let dh = Matrix(panels: computed[2], rows: rows, columns: columns).elements
      check(dh, Array(computed[3][..<columns]), dy: dy, "panels")
      #expect(computed[3][columns...].allSatisfy { $0 == 0 }, "no offset beyond the channels")
      let g = normed.panels.doubles.map { Double(geluWeight) * Reference.gelu($0) }
      expectNear(computed[4], g, ulps: 1, size: 1, "g of \(rows) × \(columns)")
    }
  }
}
