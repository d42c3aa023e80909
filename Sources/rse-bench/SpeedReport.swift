/// The measurements of one configuration.
struct SpeedResult: Codable {
  let name: String
  /// The best and the median seconds of a step.
  let best: Double
  let median: Double
  /// Billions of floating-point operations of the matrix products per second, at the median time.
  let gigaflops: Double
  /// The average number of memory blocks that a timed step took from the system.
  let allocations: Double
  /// The peak resident memory of the process, and the prior estimate, in mebibytes.
  let peakMebibytes: Double
  let estimatedMebibytes: Double
}

/// A forward pass of one length.
struct ScalingResult: Codable {
  let length: Int
  let batch: Int
  /// The best seconds of a pass.
  let best: Double

  /// Nanoseconds per position and level: constant if the cost is n log n.
  var nanoseconds: Double {
    best * 1e9 / Double(length * batch * length.trailingZeroBitCount)
  }
}

/// A training step on some number of threads.
struct ThreadResult: Codable {
  let threads: Int
  /// The best seconds of a step.
  let best: Double
}

/// A whole run, as stored in a file.
struct SpeedReport: Codable {
  let environment: String
  let threads: Int
  /// Billions of operations per second on all threads, measured in this run: of `sgemm` if OpenBLAS is
  /// installed, and of the packed products that the layers use.
  let sgemmPeak: Double?
  let packedPeak: Double
  let results: [SpeedResult]
  var scaling: [ScalingResult] = []
  var threading: [ThreadResult] = []
  /// The exponent p of the fit cost ∝ (n log n)^p.
  var exponent: Double?
  /// The seconds to draw the examples of the first configuration.
  var drawing: Double?
}
