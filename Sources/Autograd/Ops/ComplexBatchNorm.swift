import Tensors

extension Tape {
  /// Whitens each complex channel over all rows of a batch: real and imaginary parts have variance 1 and no covariance.
  ///
  ///     y = Γ V^(−1/2) (x − mean) + offset
  ///
  /// V is the covariance matrix of the real and imaginary parts, with ε on its diagonal; Γ is learned and symmetric as
  /// well. As in `batchNorm`, the statistics are those of the rows or moving means. "Deep Complex Networks" (ICLR
  /// 2018).
  ///
  /// - Parameters:
  ///   - x: [r, 2c]: the real parts, then the imaginary parts.
  ///   - gain: 3c values of Γ: rr, ri, ii.
  ///   - offset: 2c values.
  ///   - mean: 2c moving means, with the role `.statistic`.
  ///   - covariance: 3c moving means: rr, ri, ii.
  package func complexBatchNorm(
    _ x: Variable,
    gain: Variable,
    offset: Variable,
    mean: Parameter,
    covariance: Parameter,
    epsilon: Float
  ) -> Variable {
    let (rows, channels) = (x.shape[0], x.shape[1] / 2)
    precondition(
      gain.value.count == 3 * channels && offset.value.count == 2 * channels,
      "\(x.shape)"
    )
    let (operand, isOfBatch) = (x.operand, usesBatchStatistics)
    let seen =
      isOfBatch
      ? ComplexMoments(of: x.value)
      : ComplexMoments(mean: mean.value, covariance: covariance.value)
    let roots = symmetric(seen.covariance).map { v in
      Matrix2(rr: v.rr + Double(epsilon), ri: v.ri, ir: v.ir, ii: v.ii + Double(epsilon))
        .inverseRoot
    }
    let gains = symmetric(gain.value)
    let shifts = zip(roots, complexRow(seen.mean)).map { root, mean in
      root.applied(to: (-mean.re, -mean.im))
    }
    let white = affine(x.value, roots, shifts)
    let value = affine(white, gains, complexRow(offset.value))
    return record(value) { gradient, gradients in
      let sums = blockSums(
        rows,
        count: 6 * channels,
        of: white,
        gradient
      ) { rows, x, dy, sums in
        kernels.sum_rows(rows, 2 * channels, dy, sums)
        kernels.complex_products(rows, channels, x, dy, sums + 2 * channels)
      }.elements.map(Double.init)
      let products = (0..<channels).map { c in
        Matrix2(
          rr: sums[2 * channels + c],
          ri: sums[3 * channels + c],
          ir: sums[4 * channels + c],
          ii: sums[5 * channels + c]
        )
      }
      let dGain =
        products.map(\.rr) + products.map { $0.ri + $0.ir } + products.map(\.ii)
      gradients.add(Tensor(dGain.map(Float.init), gain.shape), to: gain)
      gradients.add(Tensor(sums.prefix(2 * channels).map(Float.init), offset.shape), to: offset)

      // The gradient reaches the deviations from the mean directly and through the covariance.
      let direct = zip(roots, gains).map { $0 * $1 }
      guard isOfBatch else {
        let none = [(re: Double, im: Double)](repeating: (0, 0), count: channels)
        return gradients.add(affine(gradient, direct, none), to: operand)
      }
      let count = Double(rows)
      let means = (0..<channels).map { c in
        direct[c].applied(to: (-sums[c] / count, -sums[channels + c] / count))
      }
      let indirect = (0..<channels).map { c in
        let (root, unroot) = (roots[c], roots[c].inverse)
        let slope = (gains[c] * products[c] * unroot).symmetricPart.sylvester(root)
        let inverse = root * root
        return (inverse * slope * inverse * unroot).scaled(by: -2 / count)
      }
      let none = [(re: Double, im: Double)](repeating: (0, 0), count: channels)
      var dx = affine(gradient, direct, means)
      withPointers(writing: &dx, reading: affine(white, indirect, none)) { dx, rest in
        forEachElementBlock(rows * 2 * channels) { block in
          kernels.add_into(block.count, rest + block.lowerBound, dx + block.lowerBound)
        }
      }
      gradients.add(dx, to: operand)
      gradients.see(seen.mean, as: mean)
      gradients.see(seen.covariance, as: covariance)
    }
  }
}

/// The means of the real and imaginary parts of [r, 2c], and their covariances rr, ri, ii.
private struct ComplexMoments {
  let mean: Tensor
  let covariance: Tensor

  init(mean: Tensor, covariance: Tensor) {
    self.mean = mean
    self.covariance = covariance
  }

  init(of x: Tensor) {
    let (rows, channels) = (x.shape[0], x.shape[1] / 2)
    let moments = ColumnMoments(of: x)
    let cross = moments.mean.withPointer { mean in
      blockSums(rows, count: channels, of: x, x) { rows, x, _, sums in
        kernels.complex_covariance(rows, channels, x, mean, sums)
      }
    }
    let (variances, products) = (moments.variance.elements, cross.elements)
    mean = moments.mean
    covariance = Tensor(
      variances.prefix(channels) + products.map { $0 / Float(rows) } + variances.suffix(channels),
      [3 * channels]
    )
  }
}

/// A matrix that maps the real and imaginary parts of one number to those of another.
private struct Matrix2 {
  var rr, ri, ir, ii: Double

  var determinant: Double { rr * ii - ri * ir }

  var inverse: Matrix2 {
    let d = determinant
    return Matrix2(rr: ii / d, ri: -ri / d, ir: -ir / d, ii: rr / d)
  }

  /// The symmetric inverse square root of a symmetric matrix: (adj A + s) / (s √(tr A + 2 s)) with s² = det A.
  var inverseRoot: Matrix2 {
    let s = determinant.squareRoot()
    let factor = 1 / (s * (rr + ii + 2 * s).squareRoot())
    return Matrix2(
      rr: (ii + s) * factor,
      ri: -ri * factor,
      ir: -ir * factor,
      ii: (rr + s) * factor
    )
  }

  var symmetricPart: Matrix2 {
    let side = (ri + ir) / 2
    return Matrix2(rr: rr, ri: side, ir: side, ii: ii)
  }

  /// Returns the solution X of A X + X A = G for this G and a symmetric A: (det A · G + adj A · G · adj A) / (2 tr A ·
  /// det A).
  func sylvester(_ a: Matrix2) -> Matrix2 {
    let d = a.determinant
    let adjugate = Matrix2(rr: a.ii, ri: -a.ri, ir: -a.ir, ii: a.rr)
    let turned = adjugate * self * adjugate
    let factor = 1 / (2 * (a.rr + a.ii) * d)
    return Matrix2(
      rr: d * rr + turned.rr,
      ri: d * ri + turned.ri,
      ir: d * ir + turned.ir,
      ii: d * ii + turned.ii
    ).scaled(by: factor)
  }

  func scaled(by factor: Double) -> Matrix2 {
    Matrix2(rr: factor * rr, ri: factor * ri, ir: factor * ir, ii: factor * ii)
  }

  func applied(to x: (re: Double, im: Double)) -> (re: Double, im: Double) {
    (rr * x.re + ri * x.im, ir * x.re + ii * x.im)
  }

  static func * (a: Matrix2, b: Matrix2) -> Matrix2 {
    Matrix2(
      rr: a.rr * b.rr + a.ri * b.ir,
      ri: a.rr * b.ri + a.ri * b.ii,
      ir: a.ir * b.rr + a.ii * b.ir,
      ii: a.ir * b.ri + a.ii * b.ii
    )
  }
}

/// Returns the symmetric matrices given by their rr, ri and ii.
private func symmetric(_ values: Tensor) -> [Matrix2] {
  let values = values.elements.map(Double.init)
  let channels = values.count / 3
  return (0..<channels).map { c in
    let side = values[channels + c]
    return Matrix2(rr: values[c], ri: side, ir: side, ii: values[2 * channels + c])
  }
}

/// Returns the complex numbers of a row that has the real parts first, then the imaginary parts.
private func complexRow(_ values: Tensor) -> [(re: Double, im: Double)] {
  let values = values.elements.map(Double.init)
  let channels = values.count / 2
  return (0..<channels).map { (values[$0], values[channels + $0]) }
}

/// Returns A x + b for each row of [r, 2c], with a matrix and a shift for each channel.
private func affine(
  _ x: Tensor,
  _ matrices: [Matrix2],
  _ shifts: [(re: Double, im: Double)]
) -> Tensor {
  let (rows, channels) = (x.shape[0], matrices.count)
  let a =
    matrices.map(\.rr) + matrices.map(\.ri) + matrices.map(\.ir) + matrices.map(\.ii)
  let (a32, b32) = (a.map(Float.init), (shifts.map(\.re) + shifts.map(\.im)).map(Float.init))
  return Tensor(x.shape, reading: x) { out, x in
    forEachRowBlock(rows) { block in
      let first = block.lowerBound * 2 * channels
      kernels.complex_affine(block.count, channels, x + first, a32, b32, out + first)
    }
  }
}
