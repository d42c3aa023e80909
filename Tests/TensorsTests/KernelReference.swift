import Foundation
import Tensors

/// The formulas of the kernels in double precision.
enum Reference {
  private static let slope = 1.702

  static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  static func gelu(_ x: Double) -> Double { x * sigmoid(slope * x) }

  static func geluDerivative(_ x: Double) -> Double {
    let s = sigmoid(slope * x)
    return s * (1 + slope * x * (1 - s))
  }

  static func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }

  /// The mean and the sum of squared deviations.
  static func moments(_ x: [Double]) -> (mean: Double, m2: Double) {
    let mean = mean(x)
    return (mean, x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
  }

  /// The sums of the columns of a row-major matrix, added to what is there.
  static func columnSums(_ elements: [Double], onto initial: [Float]) -> [Double] {
    var sums = initial.doubles
    for (index, element) in elements.enumerated() { sums[index % sums.count] += element }
    return sums
  }

  /// The factor of one element under dropout.
  static func factor(_ dropout: rse_dropout, element: UInt32) -> Float {
    var x = element &* 0x9E37_79B9 &+ dropout.key0
    x ^= x >> 16
    x &*= 0x21F0_AAAD
    x ^= x >> 15
    x &+= dropout.key1
    x &*= 0x735A_2D97
    x ^= x >> 15
    return x < dropout.threshold ? 0 : dropout.scale
  }
}

/// The norm of one vector: of one channel over the positions of an example, or of one position
/// over its features.
struct NormReference {
  /// By which deviations from the mean are multiplied: 2 over positions, 1 over features.
  private let gain: Double
  /// 1 / rms(d) with d = gain (h − mean(h)) + offset.
  let factor: Double
  let y: [Double]
  /// What y = gain factor h + shift adds, for each element.
  let shift: [Double]

  /// The norm over the positions of one channel.
  init(positions h: [Double], offset: Float) {
    self.init(h, offset: h.map { _ in Double(offset) }, gain: 2)
  }

  /// The norm over the features of one position.
  init(features h: [Double], offset: [Float]) {
    self.init(h, offset: offset.doubles, gain: 1)
  }

  private init(_ h: [Double], offset: [Double], gain: Double) {
    let mean = Reference.mean(h)
    let d = zip(h, offset).map { gain * ($0 - mean) + $1 }
    let factor = 1 / (Reference.mean(d.map { $0 * $0 }) + 1e-10).squareRoot()
    self.gain = gain
    self.factor = factor
    y = d.map { $0 * factor }
    shift = offset.map { ($0 - gain * mean) * factor }
  }

  /// The gradients of h and of d from that of y.
  func backward(_ dy: [Double]) -> (h: [Double], d: [Double]) {
    let projection = Reference.mean(zip(dy, y).map { $0 * $1 })
    let d = zip(dy, y).map { factor * ($0 - $1 * projection) }
    let mean = Reference.mean(d)
    return (d.map { gain * ($0 - mean) }, d)
  }
}
