import Tensors

extension Tape {
  /// Returns each position beside those `distance` before and after it in its example, [T, m] → [T, 3m].
  ///
  /// Columns: the position before, the position itself, the position after; zeros outside the example. A product with
  /// [3m, k] then is a convolution of width 3.
  package func neighbours(_ x: Variable, distance: Int, layout: SequenceLayout) -> Variable {
    let maps = x.shape[1]
    precondition(x.shape[0] == layout.rows && distance > 0, "\(x.shape)")
    let operand = x.operand
    let examples = ExampleTable(layout)
    /// Calls `body` for each run of an example's rows to copy, with its count, source, target and column.
    func forEachCopy(
      _ example: Int,
      _ body: (_ rows: Int, _ source: Int, _ target: Int, _ column: Int) -> Void
    ) {
      let place = examples[example]
      let moved = place.length - distance
      if moved > 0 {
        body(moved, place.firstRow, place.firstRow + distance, 0)
        body(moved, place.firstRow + distance, place.firstRow, 2)
      }
      body(place.length, place.firstRow, place.firstRow, 1)
    }
    var value = Tensor(zeros: [layout.rows, 3 * maps])
    withPointers(writing: &value, reading: x.value) { out, x in
      WorkerPool.shared.run(parts: examples.count) { example in
        forEachCopy(example) { rows, source, target, column in
          let to = out + target * 3 * maps + column * maps
          kernels.copy_columns(rows, maps, x + source * maps, maps, to, 3 * maps)
        }
      }
    }
    return record(value) { gradient, gradients in
      var dx = Tensor(zeros: operand.shape)
      withPointers(writing: &dx, reading: gradient) { dx, gradient in
        WorkerPool.shared.run(parts: examples.count) { example in
          forEachCopy(example) { rows, source, target, column in
            let from = gradient + target * 3 * maps + column * maps
            kernels.add_columns(rows, maps, from, 3 * maps, dx + source * maps, maps)
          }
        }
      }
      gradients.add(dx, to: operand)
    }
  }
}
