import CKernels

/// Elementary functions whose results are bit-identical on every machine, unlike those of the C
/// library; `rse_real.h` states their errors.
package enum Real {
  /// e^x.
  package static func exp(_ x: Double) -> Double { rse_exp(x) }
  /// 2^x, exact for integer x.
  package static func exp2(_ x: Double) -> Double { rse_exp2(x) }
  /// e^x − 1, accurate for small x too.
  package static func expm1(_ x: Double) -> Double { rse_expm1(x) }
  /// x^y, exact where it is representable.
  package static func pow(_ x: Double, _ y: Double) -> Double { rse_pow(x, y) }

  /// The natural logarithm.
  package static func log(_ x: Double) -> Double { rse_log(x) }
  /// log(1 + x), accurate for small x too.
  package static func log1p(_ x: Double) -> Double { rse_log1p(x) }
  /// The logarithm of base 2, exact where it is an integer.
  package static func log2(_ x: Double) -> Double { rse_log2(x) }
  /// The logarithm of base 10, exact where it is an integer.
  package static func log10(_ x: Double) -> Double { rse_log10(x) }

  /// The sine of x radians.
  package static func sin(_ x: Double) -> Double { rse_sin(x) }
  /// The cosine of x radians.
  package static func cos(_ x: Double) -> Double { rse_cos(x) }
  /// The hyperbolic tangent.
  package static func tanh(_ x: Double) -> Double { rse_tanh(x) }

  /// 1 / (1 + e^−x).
  package static func sigmoid(_ x: Double) -> Double { 1 / (1 + rse_exp(-x)) }
}
