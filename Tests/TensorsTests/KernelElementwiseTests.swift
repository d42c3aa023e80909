import Foundation
import Tensors
import Testing

/// Operands of a kernel that works on each element by itself.
struct ElementwiseOperands {
  let rows, columns: Int
  /// Matrices; y is also what lies in the result before.
  let x, y: [Float]
  /// Rows.
  let a, b, c: [Float]

  init(rows: Int, columns: Int) {
    (self.rows, self.columns) = (rows, columns)
    x = normals(rows * columns, seed: 1)
    y = normals(rows * columns, seed: 2)
    a = normals(columns, seed: 3)
    b = normals(columns, seed: 4)
    c = normals(columns, seed: 5)
  }

  var count: Int { rows * columns }

  /// The operands of one element.
  struct Element {
    let x, y, a, b, c: Double
  }

  var elements: [Element] {
    (0..<count).map {
      let column = $0 % columns
      return Element(
        x: Double(x[$0]),
        y: Double(y[$0]),
        a: Double(a[column]),
        b: Double(b[column]),
        c: Double(c[column])
      )
    }
  }
}

/// How a kernel is called, and what it computes of each element.
struct ElementwiseCase: Sendable {
  let name: String
  let run: @Sendable (rse_kernel_table, ElementwiseOperands, UnsafeMutablePointer<Float>) -> Void
  let formula: @Sendable (ElementwiseOperands.Element) -> Double

  static let matrices = [
    ElementwiseCase(name: "add_into") {
      $0.add_into($1.count, $1.x, $2)
    } formula: {
      $0.y + $0.x
    },
    ElementwiseCase(name: "add_scaled") {
      $0.add_scaled($1.count, 0.375, $1.x, $2)
    } formula: {
      $0.y + 0.375 * $0.x
    },
    ElementwiseCase(name: "add_row") {
      $0.add_row($1.rows, $1.columns, $1.a, $2)
    } formula: {
      $0.y + $0.a
    },
    ElementwiseCase(name: "multiply_row") {
      $0.multiply_row($1.rows, $1.columns, $1.a, $1.x, $2)
    } formula: {
      $0.a * $0.x
    },
    ElementwiseCase(name: "scale_shift") {
      $0.scale_shift($1.rows, $1.columns, $2, $1.a, $1.b)
    } formula: {
      $0.y * $0.a + $0.b
    },
    ElementwiseCase(name: "norm_backward_apply") {
      $0.norm_backward_apply($1.rows, $1.columns, $1.x, $2, $1.a, $1.b, $1.c)
    } formula: {
      $0.a * $0.y + $0.b * $0.x + $0.c
    },
    ElementwiseCase(name: "double_gate") {
      $0.double_gate($1.count, $1.x, $2)
    } formula: {
      Reference.sigmoid(2 * $0.x)
    },
    ElementwiseCase(name: "sigmoid_forward") {
      $0.sigmoid_forward($1.count, $1.x, 0.5, $2)
    } formula: {
      Reference.sigmoid($0.x + 0.5)
    },
    ElementwiseCase(name: "sigmoid_backward") {
      $0.sigmoid_backward($1.count, $1.x, $1.y, $2)
    } formula: {
      $0.y * $0.x * (1 - $0.x)
    },
    ElementwiseCase(name: "tanh_forward") {
      $0.tanh_forward($1.count, $1.x, 0.75, $2)
    } formula: {
      tanh(0.75 * $0.x)
    },
    ElementwiseCase(name: "tanh_backward") {
      $0.tanh_backward($1.count, $1.x, $1.y, 0.75, $2)
    } formula: {
      0.75 * $0.y * (1 - $0.x * $0.x)
    },
    ElementwiseCase(name: "multiply") {
      $0.multiply($1.count, $1.x, $1.y, $2)
    } formula: {
      $0.x * $0.y
    },
    ElementwiseCase(name: "add_product_row") {
      $0.add_product_row($1.rows, $1.columns, $1.x, $1.a, $2)
    } formula: {
      $0.y + $0.x * $0.a
    },
    ElementwiseCase(name: "gelu_forward") {
      $0.gelu_forward($1.count, $1.x, $2)
    } formula: {
      Reference.gelu($0.x)
    },
    ElementwiseCase(name: "gelu_backward") {
      $0.gelu_backward($1.count, $1.x, $1.y, $2)
    } formula: {
      $0.y * Reference.geluDerivative($0.x)
    },
  ]

  static let panels = [
    ElementwiseCase(name: "panel_norm_backward_apply") {
      $0.panel_norm_backward_apply($1.rows, $1.x, $2, $1.a, $1.b, $1.c)
    } formula: {
      $0.a * $0.y + $0.b * $0.x + $0.c
    }
  ]
}

@Suite struct KernelElementwiseTests {
  @Test("each element agrees with the formula", arguments: KernelVariant.available)
  func elements(variant: KernelVariant) {
    for (rows, columns) in matrixExtents + [(0, 5), (3, 0)] {
      let cases =
        ElementwiseCase.matrices.map { ($0, columns) }
        + ElementwiseCase.panels.map { ($0, panelColumns) }
      for (operation, columns) in cases {
        let operands = ElementwiseOperands(rows: rows, columns: columns)
        let result = outputs(operands.y) { operation.run(variant.kernels, operands, $0[0]) }[0]
        let expected = operands.elements.map(operation.formula)
        expectNear(result, expected, ulps: 2, size: 2, "\(operation.name) \(rows) × \(columns)")
      }
    }
  }

  @Test("column sums are added to what is there", arguments: KernelVariant.available)
  func columnSums(variant: KernelVariant) {
    for (rows, columns) in matrixExtents + [(0, 5)] {
      let (x, y) = (normals(rows * columns, seed: 1), normals(rows * columns, seed: 2))
      let (a, b) = (normals(columns, seed: 3), normals(columns, seed: 4))
      let kernels = variant.kernels
      let results = outputs(a, b, a, b) {
        kernels.sum_rows(rows, columns, x, $0[0])
        kernels.sum_products(rows, columns, x, y, $0[1])
        kernels.norm_backward_sums(rows, columns, y, x, $0[2], $0[3])
      }
      let sums = [
        Reference.columnSums(x.doubles, onto: a),
        Reference.columnSums(zip(x.doubles, y.doubles).map(*), onto: b),
      ]
      let expected = sums + sums
      expectNear(results, expected, ulps: 1, size: Double(rows), "\(rows) × \(columns)")
    }
  }

  @Test("sums are those of double precision", arguments: KernelVariant.available)
  func sums(variant: KernelVariant) {
    for count in [0, 1, 7, 8, 9, 100, 1000] {
      let x = normals(count, seed: 1).map { $0 * 1e30 }
      let bound = 1e-15 * Double(count)
      let sizes = x.doubles.reduce(0) { $0 + abs($1) }
      let squares = x.doubles.reduce(0) { $0 + $1 * $1 }
      #expect(abs(variant.kernels.sum(count, x) - x.doubles.reduce(0, +)) <= bound * sizes)
      #expect(abs(variant.kernels.sum_of_squares(count, x) - squares) <= bound * squares)
    }
  }

  @Test("rows are as far apart as in double precision", arguments: KernelVariant.available)
  func rowDistances(variant: KernelVariant) {
    for (rows, columns) in matrixExtents + [(0, 5)] {
      let (x, y) = (normals(rows * columns, seed: 1), normals(rows * columns, seed: 2))
      let row = normals(columns, seed: 3)
      let results = outputs(unset(rows), unset(rows)) {
        variant.kernels.row_distances(rows, columns, x, y, columns, $0[0])
        variant.kernels.row_distances(rows, columns, x, row, 0, $0[1])
      }
      func distances(_ other: (_ row: Int, _ column: Int) -> Float) -> [Double] {
        (0..<rows).map { r in
          (0..<columns).reduce(0) { sum, c in
            let d = Double(x[r * columns + c]) - Double(other(r, c))
            return sum + d * d
          }.squareRoot()
        }
      }
      let expected = [distances { y[$0 * columns + $1] }, distances { row[$1] }]
      expectNear(results, expected, ulps: 1, size: Double(columns), "\(rows) × \(columns)")
    }
  }

  /// Numbers; their relative tolerance, which grows since the exponent is rounded; what is added
  /// to their size for the derivative, which has a zero.
  private static let geluInputs: [(x: [Float], ulps: Double, slopeSize: Double)] = [
    (ramp(to: 1), 2, 1),
    (ramp(to: 5), 4, 1),
    (ramp(to: 40), 30, tiny),
    ([0, -0, 1, -50, 50, 100, -100, 1e4, -1e4, 1e-30, -1e-30, .nan].cycled, 2, tiny),
  ]

  /// Added to sizes where results end in 0: kernels may leave as little as this instead.
  private static let tiny = 1e-26

  private static func ramp(to end: Float) -> [Float] {
    (0..<3 * panelColumns).map { (Float($0) / 47.5 - 1) * end }
  }

  @Test(
    "gelu has small relative errors and ends in 0 and x; NaN stays NaN",
    arguments: KernelVariant.available
  )
  func gelu(variant: KernelVariant) {
    let kernels = variant.kernels
    for (x, ulps, slopeSize) in Self.geluInputs {
      let (count, rows) = (x.count - 1, x.count / panelColumns)
      let (zeros, ones, none) = ([0].cycled, [1].cycled, unset(x.count))
      let sum = unset(panelColumns)
      let computed = outputs(none, none, x, none, ones, none, sum, sum) {
        kernels.gelu_forward(count, x, $0[0])
        kernels.gelu_backward(count, x, ones, $0[1])
        kernels.panel_scale_shift_gelu(rows, $0[2], ones, zeros, 1, $0[3])
        kernels.panel_gelu_backward(rows, x, $0[4], 1, $0[5], $0[6], $0[7])
      }
      let gelu = x.doubles.map(Reference.gelu)
      let slope = x.doubles.map(Reference.geluDerivative)
      expectNear(computed[2], x.doubles, ulps: 0, size: 0, "scale 1, shift 0")
      let gelus = [gelu.dropLast() + [.nan], gelu, gelu]
      let slopes = [slope.dropLast() + [.nan], slope]
      let what = "\(x[0])"
      expectNear([0, 3, 5].map { computed[$0] }, gelus, ulps: ulps, size: Self.tiny, what)
      expectNear([1, 4].map { computed[$0] }, slopes, ulps: ulps, size: slopeSize, what)
    }
  }
}

extension [Float] {
  /// Three rows of a panel, filled with these numbers over and over.
  fileprivate var cycled: [Float] { (0..<3 * panelColumns).map { self[$0 % count] } }
}
