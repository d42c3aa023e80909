import Foundation
import Processes
import Tensors

/// The facts that determine the results, and others that do not.
package enum ProgramEnvironment {
  /// The version of the arithmetic: of the order of all sums and of all functions applied to numbers.
  /// It is incremented whenever a bit of a result changes.
  package static let arithmetic = 1

  /// The line that determines results: where it is equal they are bit-identical, on every processor.
  package static let line =
    "arithmetic \(arithmetic)" + (OpenBLAS.requested.map { ", products \($0.name)" } ?? "")

  /// The facts that do not affect results.
  package static var facts: [(key: String, value: String)] {
    [("program", "rse \(programVersion)"), ("threads", String(WorkerPool.shared.threads))]
  }

  /// The processes that run the script, and their machines; empty if the program runs alone.
  static var processes: [(key: String, value: String)] {
    let processes = ProcessGroup.current
    guard processes.isShared else { return [] }
    let hosts = Dictionary(grouping: processes.hosts) { $0 }.mapValues(\.count)
      .sorted { $0.key < $1.key }.map { "\($0.value) on \($0.key)" }
    return [("processes", String(processes.count)), ("machines", hosts.joined(separator: ", "))]
  }

  /// Rejects a machine or a setting that would make results wrong.
  ///
  /// - Throws: `BLASFault`, or `UnusableSetting`.
  package static func check() throws {
    if let wish = ProcessInfo.processInfo.environment["RSE_THREADS"], !wish.isEmpty,
      !(1...WorkerPool.maximumThreads).contains(Int(wish) ?? 0)
    {
      throw UnusableSetting(
        message: """
          RSE_THREADS=\(wish) is not a number of threads; leave it unset, or use a number from 1 to \
          \(WorkerPool.maximumThreads)
          """
      )
    }
    if let name = unusableKernelRequest {
      throw UnusableSetting(
        message: """
          RSE_KERNELS=\(name) names no kernels that this processor can run; leave it unset, or use \
          avx512, avx2, neon or portable, as far as the processor has them
          """
      )
    }
    try checkProducts()
  }
}

extension ProgramEnvironment {
  /// Rejects a value of `RSE_PRODUCTS` that is not available.
  private static func checkProducts() throws {
    guard let wish = ProcessInfo.processInfo.environment[OpenBLAS.variable], !wish.isEmpty else {
      return
    }
    guard wish == OpenBLAS.choice else {
      throw UnusableSetting(
        message: "\(OpenBLAS.variable)=\(wish): leave it unset, or use \(OpenBLAS.choice)"
      )
    }
    guard let library = OpenBLAS.requested else {
      throw UnusableSetting(
        message:
          "\(OpenBLAS.variable)=\(wish), but libopenblas.so.0 is not installed (libopenblas0)"
      )
    }
    try library.check()
  }
}

/// The error that an environment variable has an unusable value.
package struct UnusableSetting: Error, LocalizedError {
  package let message: String

  package var errorDescription: String? { message }
}
