import Autograd
import Foundation
import Tensors
import TestSupport
import Testing

/// An operation whose rows have nothing to do with each other, and the widths of its operands.
struct RowOperation: Sendable, CustomTestStringConvertible {
  let name: String
  /// Columns of the operands that have a row for each row of the result.
  let columns: [Int]
  /// Shapes of the operands that all rows share.
  let shared: [Shape]
  let run: @Sendable (Tape, _ rows: [Variable], _ shared: [Variable]) -> Variable

  var testDescription: String { name }

  /// Numbers of rows on both sides of the blocks of 512 rows and of 2^15 elements.
  var rowCounts: [Int] {
    let elements = (1 << 15) / columns[0]
    return [511, 512, 513, 1024, 1025, elements, elements + 1, 2 * elements + 1]
  }

  static let all: [RowOperation] = [
    RowOperation(name: "matmul", columns: [3], shared: [[3, 2]]) { $0.matmul($1[0], $2[0]) },
    RowOperation(name: "addRow", columns: [64], shared: [[64]]) { $0.addRow($1[0], $2[0]) },
    RowOperation(name: "add scaled", columns: [64, 64], shared: []) { tape, x, _ in
      tape.add(x[0], 0.5, x[1])
    },
    RowOperation(name: "add scaled by a row", columns: [64, 64], shared: [[64]]) {
      $0.add($1[0], $1[1], scaledBy: $2[0])
    },
    RowOperation(name: "layerNorm", columns: [32], shared: [[32], [32]]) {
      $0.layerNorm($1[0], gain: $2[0], offset: $2[1])
    },
    RowOperation(name: "featureNorm", columns: [32], shared: [[32]]) {
      $0.featureNorm($1[0], offset: $2[0])
    },
    RowOperation(name: "gate", columns: [64], shared: [[64]]) { $0.gate($1[0], $2[0]) },
    RowOperation(name: "gelu", columns: [64], shared: []) { tape, x, _ in tape.gelu(x[0]) },
    RowOperation(name: "sigmoid", columns: [64], shared: []) { tape, x, _ in
      tape.sigmoid(x[0], shift: 0.5)
    },
    RowOperation(name: "tanh", columns: [64], shared: []) { tape, x, _ in tape.tanh(x[0]) },
    RowOperation(name: "multiply", columns: [64, 64], shared: []) { tape, x, _ in
      tape.multiply(x[0], x[1])
    },
    RowOperation(name: "blend", columns: [64, 64, 64], shared: []) { tape, x, _ in
      tape.blend(x[0], x[1], x[2])
    },
    RowOperation(name: "joinColumns", columns: [3, 5], shared: []) { tape, x, _ in
      tape.joinColumns(x[0], x[1])
    },
    RowOperation(name: "swapHalves", columns: [10], shared: []) { tape, x, _ in
      tape.swapHalves(x[0])
    },
  ]
}

/// Operations over more elements than one part of their work has.
@Suite struct BlockTests {
  private static func random(_ shape: Shape, _ index: Int) -> Tensor {
    var random = SeededRandom(seed: UInt64(index + 1))
    return Tensor(
      (0..<shape.count).map { _ in Float.random(in: -2...2, using: &random) },
      shape
    )
  }

  private struct Run {
    var result: [Float]
    /// Of the operands with a row for each row of the result, then of the shared ones.
    var gradients: [[Float]]
  }

  /// The operation on some of the rows of its operands.
  private func run(
    _ operation: RowOperation,
    _ rows: Range<Int>,
    of operands: [[Float]],
    _ shared: [Tensor],
    weights: [Float]
  ) throws -> Run {
    let tape = Tape(isRecording: true)
    let inputs = zip(operands, operation.columns).map { values, columns in
      let part = values[rows.lowerBound * columns..<rows.upperBound * columns]
      return tape.input(Tensor(Array(part), [rows.count, columns]))
    }
    let constants = shared.map(tape.input)
    let result = operation.run(tape, inputs, constants)
    let width = result.shape[1]
    let part = Array(weights[rows.lowerBound * width..<rows.upperBound * width])
    let gradients = try tape.backward(from: tape.dot(result, part))
    return Run(
      result: result.value.elements,
      gradients: try (inputs + constants).map { try #require(gradients.of($0)).elements }
    )
  }

  @Test("rows are the same bits in any company, and gradients add up", arguments: RowOperation.all)
  func rows(operation: RowOperation) throws {
    for rows in operation.rowCounts {
      let operands = operation.columns.enumerated().map {
        Self.random([rows, $0.element], $0.offset).elements
      }
      let shared = operation.shared.enumerated().map { Self.random($0.element, 10 + $0.offset) }
      let weights = Self.random([rows, 64], 20).elements
      let whole = try run(operation, 0..<rows, of: operands, shared, weights: weights)
      var parts = Run(result: [], gradients: whole.gradients.map { _ in [] })
      for start in stride(from: 0, to: rows, by: 100) {
        let range = start..<min(start + 100, rows)
        let part = try run(operation, range, of: operands, shared, weights: weights)
        parts.result += part.result
        for index in operands.indices { parts.gradients[index] += part.gradients[index] }
        for index in operands.count..<parts.gradients.count {
          let sum = parts.gradients[index]
          parts.gradients[index] =
            sum.isEmpty ? part.gradients[index] : zip(sum, part.gradients[index]).map { $0 + $1 }
        }
      }
      expectClose(whole.result, parts.result, absolute: 1e-6, "\(rows) rows")
      for (index, gradient) in whole.gradients.enumerated() {
        expectClose(
          gradient,
          parts.gradients[index],
          absolute: 1e-6,
          relative: 1e-5,
          "\(rows) rows, operand \(index)"
        )
      }
    }
  }

  @Test("the gradient of a weight of many rows is xᵀ · dy", arguments: [511, 512, 513, 1025])
  func tallWeight(inner: Int) throws {
    let (x, w) = (Self.random([3, inner], 1), Self.random([inner, 2], 2))
    let dy = Self.random([3, 2], 3).elements
    let tape = Tape(isRecording: true)
    let (left, right) = (tape.input(x), tape.input(w))
    let gradients = try tape.backward(from: tape.dot(tape.matmul(left, right), dy))
    let expected = (0..<inner * 2).map { index in
      let (k, c) = (index / 2, index % 2)
      return Float(
        (0..<3).reduce(0.0) {
          $0 + Double(x.elements[$1 * inner + k]) * Double(dy[$1 * 2 + c])
        }
      )
    }
    expectClose(
      try #require(gradients.of(right)).elements,
      expected,
      absolute: 1e-5,
      "weight"
    )
    let expectedLeft = (0..<3 * inner).map { index in
      let (row, k) = (index / inner, index % inner)
      return Float(
        (0..<2).reduce(0.0) { $0 + Double(w.elements[k * 2 + $1]) * Double(dy[row * 2 + $1]) }
      )
    }
    expectClose(
      try #require(gradients.of(left)).elements,
      expectedLeft,
      absolute: 1e-5,
      "rows"
    )
  }

  @Test("attention over 256 and 512 queries is that of one block", arguments: [256, 512])
  func attention(length: Int) throws {
    func run(_ blocks: AttentionBlocks) throws -> [[Float]] {
      let layout = SequenceLayout(length: length, batch: 2)
      let tape = Tape(isRecording: true)
      let operands = (0..<3).map { tape.input(Self.random([layout.rows, 4], $0)) }
      let y = try tape.attention(
        operands[0],
        operands[1],
        operands[2],
        heads: 2,
        layout: layout,
        blocks: blocks
      )
      let weights = Self.random([layout.rows, 4], 7).elements
      let gradients = try tape.backward(from: tape.dot(y, weights))
      return try [y.value.elements] + operands.map { try #require(gradients.of($0)).elements }
    }
    let whole = try run(AttentionBlocks(queries: length))
    for blocks in [AttentionBlocks(), AttentionBlocks(queries: 255, scores: 1)] {
      for (index, (part, expected)) in zip(try run(blocks), whole).enumerated() {
        expectClose(part, expected, absolute: 1e-6, relative: 1e-5, "array \(index)")
      }
    }
  }

  @Test(
    "an example has the same states and gradients alone as among others",
    arguments: [RecurrentCell.lstm, .gru],
    [false, true]
  )
  func recurrence(cell: RecurrentCell, isReversed: Bool) throws {
    let (units, width) = (3, 3 * cell.gates)
    let recurrent = Self.random([units, width], 1)
    struct Run {
      let states, inputs, weights: [Float]
    }
    func run(_ layout: SequenceLayout, rows: Range<Int>, of x: [Float], _ dy: [Float]) throws -> Run
    {
      let tape = Tape(isRecording: true)
      let input = tape.input(
        Tensor(Array(x[rows.lowerBound * width..<rows.upperBound * width]), [rows.count, width])
      )
      let weights = tape.input(recurrent)
      let y = try tape.recurrence(
        input,
        weights,
        cell: cell,
        lengths: layout.lengths,
        isReversed: isReversed
      )
      let gradient = Array(dy[rows.lowerBound * units..<rows.upperBound * units])
      let gradients = try tape.backward(from: tape.dot(y, gradient))
      return Run(
        states: y.value.elements,
        inputs: try #require(gradients.of(input)).elements,
        weights: try #require(gradients.of(weights)).elements
      )
    }
    // 17 and 33 examples: one and two groups of 16 and one more; lengths change within a group.
    for sizes in [[(32, 16)], [(32, 17)], [(64, 9), (32, 15), (2, 9)]] as [[(Int, Int)]] {
      let layout = SequenceLayout(sizes.map { (length: $0.0, batch: $0.1) })
      let x = Self.random([layout.rows, width], 2).elements
      let dy = Self.random([layout.rows, units], 3).elements
      let together = try run(layout, rows: 0..<layout.rows, of: x, dy)
      var weights = [Double](repeating: 0, count: units * width)
      for segment in layout.segments {
        for example in 0..<segment.batch {
          let first = segment.firstRow + example * segment.length
          let rows = first..<first + segment.length
          let single = SequenceLayout(length: segment.length, batch: 1)
          let alone = try run(single, rows: rows, of: x, dy)
          expectClose(
            Array(together.states[rows.lowerBound * units..<rows.upperBound * units]),
            alone.states,
            absolute: 1e-6,
            "states of rows \(rows)"
          )
          expectClose(
            Array(together.inputs[rows.lowerBound * width..<rows.upperBound * width]),
            alone.inputs,
            absolute: 1e-5,
            relative: 1e-5,
            "gradients of rows \(rows)"
          )
          for (index, value) in alone.weights.enumerated() { weights[index] += Double(value) }
        }
      }
      expectClose(
        together.weights,
        weights.map { Float($0) },
        absolute: 1e-5,
        relative: 1e-5,
        "weights"
      )
    }
  }

  @Test(
    "a recurrence over more positions than a slab is that of one slab",
    arguments: [false, true]
  )
  func slabs(isReversed: Bool) throws {
    // 2^15 / 2048 = 16 steps a slab; 32 steps are two of them.
    let layout = SequenceLayout([(32, 2), (4, 2046)])
    func run(_ blocks: RecurrenceBlocks) throws -> [[Float]] {
      let tape = Tape(isRecording: true)
      let (x, weights) = (
        tape.input(Self.random([layout.rows, 4], 1)), tape.input(Self.random([1, 4], 2))
      )
      let y = try tape.recurrence(
        x,
        weights,
        cell: .lstm,
        lengths: layout.lengths,
        isReversed: isReversed,
        blocks: blocks
      )
      let dy = Self.random([layout.rows, 1], 3).elements
      let gradients = try tape.backward(from: tape.dot(y, dy))
      return try [y.value.elements] + [x, weights].map { try #require(gradients.of($0)).elements }
    }
    let (slabs, whole) = (try run(RecurrenceBlocks()), try run(RecurrenceBlocks(leastSteps: 32)))
    #expect(slabs == whole)
  }
}
