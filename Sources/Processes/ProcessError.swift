import Foundation

/// The reason why the processes of a job cannot continue together.
package struct ProcessError: Error, LocalizedError {
  package let message: String

  package init(_ message: String) { self.message = message }

  package var errorDescription: String? { message }

  /// A launcher started the program, but the library that this needs is missing.
  static func noLibrary(_ launcher: String, _ reason: String) -> ProcessError {
    ProcessError(
      """
      rse was started by \(launcher), and cannot join the other processes: \(reason); install libopenmpi-dev and \
      openmpi-bin, and build rse again with `swift build -c release`
      """
    )
  }
}

/// The error that a process has left, or was told to end, while others wait for it.
package struct ProcessLeft: Error, LocalizedError {
  package init() {}

  package var errorDescription: String? { "the other processes are gone" }
}
