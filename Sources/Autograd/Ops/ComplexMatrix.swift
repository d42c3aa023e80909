import Tensors

extension Tape {
  /// Returns the real matrix that multiplies rows of complex numbers as a complex matrix does.
  ///
  /// Rows have the real parts first, then the imaginary parts. For A + iB of [k, c] it is
  ///
  ///     [[A, B], [−B, A]]
  ///
  /// of [2k, 2c]; for a convolution, whose windows have several such rows side by side, each row has such a matrix.
  ///
  /// - Parameters:
  ///   - real: A, [k, c]; imaginary: B of the same shape.
  ///   - taps: the number of rows side by side; divides k.
  package func complexMatrix(
    _ real: Variable,
    _ imaginary: Variable,
    taps: Int = 1
  ) -> Variable {
    let (rows, columns) = (real.shape[0] / taps, real.shape[1])
    precondition(
      real.shape == imaginary.shape && real.shape[0] == taps * rows,
      "\(real.shape) and \(imaginary.shape)"
    )
    let (a, b) = (real.operand, imaginary.operand)
    let size = rows * columns
    let value = Tensor(
      [2 * taps * rows, 2 * columns],
      reading: real.value,
      imaginary.value
    ) { out, a, b in
      for tap in 0..<taps {
        kernels.complex_matrix(rows, columns, a + tap * size, b + tap * size, out + tap * 4 * size)
      }
    }
    return record(value) { gradient, gradients in
      var (da, db) = (Tensor(unwritten: a.shape), Tensor(unwritten: b.shape))
      withPointers(writing: &da, &db, reading: gradient) { da, db, d in
        for tap in 0..<taps {
          kernels.complex_matrix_backward(
            rows,
            columns,
            d + tap * 4 * size,
            da + tap * size,
            db + tap * size
          )
        }
      }
      gradients.add(da, to: a)
      gradients.add(db, to: b)
    }
  }
}

extension Tape {
  /// Returns the same for a matrix of [2k, c] that has A above B.
  package func complexMatrix(_ parts: Variable) -> Variable {
    let (rows, columns) = (parts.shape[0] / 2, parts.shape[1])
    let operand = parts.operand
    let value = Tensor([2 * rows, 2 * columns], reading: parts.value) { out, parts in
      kernels.complex_matrix(rows, columns, parts, parts + rows * columns, out)
    }
    return record(value) { gradient, gradients in
      let dParts = Tensor(operand.shape, reading: gradient) { parts, d in
        kernels.complex_matrix_backward(rows, columns, d, parts, parts + rows * columns)
      }
      gradients.add(dParts, to: operand)
    }
  }
}
