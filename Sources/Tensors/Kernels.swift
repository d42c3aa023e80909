@_exported import CKernels
import Foundation
@_exported import Numerics

/// The kernel table in use: the fastest one that this machine runs, or the one that the environment
/// variable `RSE_KERNELS` names (`avx512`, `avx2`, `neon`, `portable`; their results are bit-identical).
///
/// Safe to share, since immutable after initialisation: a name and pointers to pure functions.
package nonisolated(unsafe) let kernels: rse_kernel_table = {
  if let name = ProcessInfo.processInfo.environment["RSE_KERNELS"],
    let table = rse_kernels_named(name)
  {
    return table.pointee
  }
  return rse_kernels_best().pointee
}()

/// The instruction set of the kernels in use.
package let kernelName = String(cString: kernels.name)

/// The value of `RSE_KERNELS` if it names no kernel set that this machine can run.
package var unusableKernelRequest: String? {
  guard let name = ProcessInfo.processInfo.environment["RSE_KERNELS"], !name.isEmpty else {
    return nil
  }
  return rse_kernels_named(name) == nil ? name : nil
}
