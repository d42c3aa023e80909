import Synchronization
import Tensors

/// A matrix in the packed form that `MatrixProduct` reads as its right operand.
struct PackedMatrix: Sendable {
  let height, width: Int
  /// See `MatrixProduct.packedCount`.
  let storage: Tensor

  /// Packs a matrix of [r, c], or its transpose.
  init(_ matrix: Tensor, transposed: Bool) {
    let (rows, columns) = (matrix.shape[0], matrix.shape[1])
    let (height, width) = transposed ? (columns, rows) : (rows, columns)
    self.height = height
    self.width = width
    storage = Tensor(
      [MatrixProduct.packedCount(height: height, width: width)],
      reading: matrix
    ) { out, matrix in
      MatrixProduct.pack(
        MatrixOperand(matrix, rowStride: columns, transposed: transposed),
        height: height,
        width: width,
        into: out
      )
    }
  }
}

/// The packed forms of a weight matrix, made at the first use after a change and shared by all threads.
final class PackedForms: Sendable {
  private struct Forms {
    var version = -1
    var plain, transposed: PackedMatrix?
  }

  private let forms = Mutex(Forms())

  /// Returns the packed form of a matrix whose value has that version.
  func form(of value: Tensor, version: Int, transposed: Bool) -> PackedMatrix {
    forms.withLock { forms in
      if forms.version != version { forms = Forms(version: version) }
      if let form = transposed ? forms.transposed : forms.plain { return form }
      let form = PackedMatrix(value, transposed: transposed)
      if transposed { forms.transposed = form } else { forms.plain = form }
      return form
    }
  }
}

extension Variable {
  /// Returns the matrix as a right operand, cached with the parameter if it is one.
  func packed(transposed: Bool) -> PackedMatrix {
    guard let parameter else { return PackedMatrix(value, transposed: transposed) }
    return parameter.packedForms.form(
      of: parameter.value,
      version: parameter.version,
      transposed: transposed
    )
  }
}
