import Tensors
import Testing

/// Examples of equal length in one panel, and the references of their norms over positions.
private struct PanelExamples {
  let examples, rows, step: Int
  let h, offset: [Float]
  /// The gradient of gelu(y).
  let d: [Float]
  /// By example and column.
  let norms: [[NormReference]]

  /// One or several examples; factors that lie close together or apart.
  static let all = [
    (1, 1, 32), (1, 100, 32), (2, 2, 33), (3, 1, 32), (5, 3, 64), (4, 11, 70), (3, 12, 64),
    (2, 13, 40), (1, 64, 64),
  ].map(PanelExamples.init)

  init(examples: Int, rows: Int, step: Int) {
    let h = normals(examples * rows * panelColumns, seed: 1)
    let offset = offsets(panelColumns)
    (self.examples, self.rows, self.step, self.h, self.offset) = (examples, rows, step, h, offset)
    d = normals(h.count, seed: 2)
    norms = Self.columns(h.doubles, rows: rows).map { columns in
      zip(columns, offset).map { NormReference(positions: $0, offset: $1) }
    }
  }

  /// The elements by example and column.
  private static func columns(_ elements: [Double], rows: Int) -> [[[Double]]] {
    stride(from: 0, to: elements.count, by: rows * panelColumns).map { start in
      (start..<start + panelColumns).map { first in
        (0..<rows).map { elements[first + $0 * panelColumns] }
      }
    }
  }

  var name: String { "\(examples) examples × \(rows), step \(step)" }

  /// The norm's output.
  var y: [Double] { norms.flatMap { rowMajor($0.map(\.y)) } }

  var scale: [Double] { factors { 2 * $0.factor } }
  var shift: [Double] { factors { $0.shift[0] } }

  /// One number of each norm at the places of the factors, NaN between them.
  private func factors(_ value: (NormReference) -> Double) -> [Double] {
    var result = [Double](repeating: .nan, count: (examples - 1) * step + panelColumns)
    for (example, norms) in norms.enumerated() {
      for (column, norm) in norms.enumerated() { result[example * step + column] = value(norm) }
    }
    return result
  }

  /// The gradient of y.
  var dy: [Double] { zip(d.doubles, y).map { $0 * Reference.geluDerivative($1) } }

  /// The gradients of h and of the offset.
  var gradients: (h: [Double], offset: [Double]) {
    let gradients = zip(norms, Self.columns(dy, rows: rows)).map { norms, columns in
      zip(norms, columns).map { $0.backward($1) }
    }
    return (
      gradients.flatMap { rowMajor($0.map(\.h)) },
      (0..<panelColumns).map { column in
        gradients.reduce(0) { $0 + $1[column].d.reduce(0, +) }
      }
    )
  }
}

/// The kernels of panel.inc that work over positions.
@Suite struct KernelPanelTests {
  @Test("norm and gelu of the examples in a panel", arguments: KernelVariant.available)
  func forward(variant: KernelVariant) {
    for panel in PanelExamples.all {
      let (y, scale, shift) = (panel.y, panel.scale, panel.shift)
      let room = unset(scale.count)
      let computed = outputs(panel.h, unset(y.count), room, room) { out in
        withInputs(panel.offset) { offset in
          variant.kernels.panel_norm_gelu(
            .init(
              examples: panel.examples,
              rows: panel.rows,
              h: out[0],
              offset: offset,
              scale: out[2],
              shift: out[3],
              step: panel.step,
              g: out[1]
            )
          )
        }
      }
      let expected = [y, y.map(Reference.gelu), scale, shift]
      expectNear(computed, expected, ulps: 2, size: 8, panel.name)
    }
  }

  @Test("scale and shift with the factors of each example", arguments: KernelVariant.available)
  func scaleShift(variant: KernelVariant) {
    for panel in PanelExamples.all {
      let (y, scale, shift) = (panel.y, panel.scale.floats, panel.shift.floats)
      let first = panel.rows * panelColumns
      let firstH = Array(panel.h[..<first])
      let computed = outputs(panel.h, firstH, unset(first), firstH, unset(first)) {
        variant.kernels.panel_scale_shift(
          panel.examples,
          panel.rows,
          $0[0],
          scale,
          shift,
          panel.step
        )
        variant.kernels.panel_scale_shift_gelu(panel.rows, $0[1], scale, shift, 1, $0[2])
        variant.kernels.panel_scale_shift_gelu(panel.rows, $0[3], scale, shift, 0, $0[4])
      }
      let firstY = Array(y[..<first])
      let expected = [y, firstY, firstY.map(Reference.gelu)]
      expectNear(computed[..<3], expected, ulps: 2, size: 8, panel.name)
      expectSame(computed[3], firstH, "h of \(panel.name), which is not to be kept")
      expectSame(computed[4], computed[2], "g of \(panel.name)")
    }
  }

  @Test("the backward pass of gelu, and its column sums", arguments: KernelVariant.available)
  func geluBackward(variant: KernelVariant) {
    for panel in PanelExamples.all {
      let (y, dy) = (panel.y, panel.dy)
      let (rows, room) = (panel.examples * panel.rows, unset(panelColumns))
      let computed = outputs(panel.d, unset(y.count), room, room) {
        variant.kernels.panel_gelu_backward(rows, y.floats, $0[0], geluWeight, $0[1], $0[2], $0[3])
      }
      let g = y.map { Double(geluWeight) * Reference.gelu($0) }
      let zeros = [Float](repeating: 0, count: panelColumns)
      let sums = [dy, zip(dy, y).map(*)].map { Reference.columnSums($0, onto: zeros) }
      expectNear(computed[..<2], [dy, g], ulps: 2, size: 2, panel.name)
      expectNear(computed[2...], sums, ulps: 1, size: Double(rows), "sums of \(panel.name)")
    }
  }

  @Test("the backward passes of gelu and norm", arguments: KernelVariant.available)
  func backward(variant: KernelVariant) {
    for panel in PanelExamples.all {
      let (y, scale, dOffset) = (panel.y, panel.scale, normals(panelColumns, seed: 3))
      let computed = outputs(panel.d, unset(y.count), dOffset) { out in
        withInputs(y.floats, scale.floats, panel.offset) { y, scale, offset in
          variant.kernels.panel_norm_gelu_backward(
            .init(
              examples: panel.examples,
              rows: panel.rows,
              y: y,
              d: out[0],
              g: out[1],
              weight: geluWeight,
              scale: scale,
              step: panel.step,
              offset: offset,
              d_offset: out[2]
            )
          )
        }
      }
      let gradients = panel.gradients
      let g = y.map { Double(geluWeight) * Reference.gelu($0) }
      let sums = zip(dOffset.doubles, gradients.offset).map(+)
      let size = Double(8 + panel.rows)
      expectNear(computed[..<2], [gradients.h, g], ulps: 2, size: 8, panel.name)
      expectNear(computed[2], sums, ulps: 1, size: size, "offset of \(panel.name)")
    }
  }
}
