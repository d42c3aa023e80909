import Foundation
import Tensors

/// What the results depend on, and what they do not.
package enum ProgramEnvironment {
  /// Program, kernels and BLAS: results are the same bits where this line is the same.
  package static let line = "rse \(programVersion), kernels \(kernelName), \(BLAS.name)"

  /// Facts that change nothing in the results.
  package static var facts: [(key: String, value: String)] {
    [("threads", String(WorkerPool.shared.threads))]
  }

  /// Refuses a machine or a setting on which results would be wrong.
  ///
  /// - Throws: `BLASFault`, or `UnusableSetting`.
  package static func check() throws {
    if let wish = ProcessInfo.processInfo.environment["RSE_THREADS"], !wish.isEmpty,
      Int(wish) == nil
    {
      throw UnusableSetting(
        message: "RSE_THREADS=\(wish) is not a number of threads; leave it unset, or use 1 or more"
      )
    }
    if let name = unusableKernelRequest {
      throw UnusableSetting(
        message: """
          RSE_KERNELS=\(name) names no kernels that this processor can run; leave it unset, or use \
          avx512, avx2 or baseline, as far as the processor has them
          """
      )
    }
    try BLAS.selfCheck()
  }
}

/// An environment variable asks for what cannot be.
package struct UnusableSetting: Error, LocalizedError {
  package let message: String

  package var errorDescription: String? { message }
}
