/// What one configuration took.
struct SpeedResult: Codable {
  let name: String
  /// Seconds of a step, best and median.
  let best: Double
  let median: Double
  /// Billions of floating-point operations of the matrix products a second, by the median.
  let gigaflops: Double
  /// Blocks of memory that a timed step took from the system, on average.
  let allocations: Double
  /// Peak resident memory of the process, and what was estimated before, in mebibytes.
  let peakMebibytes: Double
  let estimatedMebibytes: Double
}

/// A forward pass of one length.
struct ScalingResult: Codable {
  let length: Int
  let batch: Int
  /// Seconds of a pass, best.
  let best: Double

  /// Nanoseconds per position and level: constant where the cost is n log n.
  var nanoseconds: Double {
    best * 1e9 / Double(length * batch * length.trailingZeroBitCount)
  }
}

/// A training step on some number of threads.
struct ThreadResult: Codable {
  let threads: Int
  /// Seconds of a step, best.
  let best: Double
}

/// A whole run, as it is kept in a file.
struct SpeedReport: Codable {
  let environment: String
  let threads: Int
  /// Billions of operations a second on all threads, measured in this run: of `sgemm` where OpenBLAS is
  /// installed, and of the packed products that the layers use.
  let sgemmPeak: Double?
  let packedPeak: Double
  let results: [SpeedResult]
  var scaling: [ScalingResult] = []
  var threading: [ThreadResult] = []
  /// p of the fit cost ∝ (n log n)^p.
  var exponent: Double?
  /// Seconds to draw the examples of the first configuration.
  var drawing: Double?
}
