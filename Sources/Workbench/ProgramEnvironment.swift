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
  /// - Throws: `BLASFault`, or `UnusableKernels`.
  package static func check() throws {
    if let name = unusableKernelRequest { throw UnusableKernels(name: name) }
    try BLAS.selfCheck()
  }
}

/// `RSE_KERNELS` names kernels that there are not.
package struct UnusableKernels: Error, LocalizedError {
  let name: String

  package var errorDescription: String? {
    """
    RSE_KERNELS=\(name) names no kernels that this processor can run.
    Leave it unset, or use avx512, avx2 or baseline, as far as the processor has them.
    """
  }
}
