/// Faults that tests inject into a write: failing calls, their errors, and the size of short writes.
package struct FileFaults: Sendable {
  /// One failing call: the n-th of its kind (counted from 1) reports `code` instead of being made.
  package struct Failure: Sendable {
    let step: FileWriteError.Step
    let occurrence: Int
    let code: Int32
  }

  /// No faults, as in every program.
  package static let none = FileFaults()

  /// The calls that fail.
  package var failures: [Failure] = []
  /// The maximum number of bytes per system call; the system itself accepts at most about 2 GiB.
  package var largestWrite = 1 << 30

  /// Returns faults in which the `occurrence`-th `step` fails with error number `code`.
  package static func failing(
    _ step: FileWriteError.Step,
    occurrence: Int = 1,
    code: Int32,
    largestWrite: Int = 1 << 30
  ) -> FileFaults {
    precondition(largestWrite > 0, "a write needs room for a byte")
    let failure = Failure(step: step, occurrence: occurrence, code: code)
    return FileFaults(failures: [failure], largestWrite: largestWrite)
  }

  func failure(of step: FileWriteError.Step, occurrence: Int) -> Int32? {
    failures.first { $0.step == step && $0.occurrence == occurrence }?.code
  }
}
