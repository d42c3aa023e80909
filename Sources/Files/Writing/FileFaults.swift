/// Faults that tests put into a write: which call fails, with which error, and how short writes are.
package struct FileFaults: Sendable {
  /// One failing call: the n-th of its kind (counted from 1) reports `code` instead of being made.
  package struct Failure: Sendable {
    let step: FileWriteError.Step
    let occurrence: Int
    let code: Int32
  }

  /// No faults: what every program uses.
  package static let none = FileFaults()

  /// The calls that fail.
  package var failures: [Failure] = []
  /// The most bytes one system call is given; the system itself takes at most about 2 GiB.
  package var largestWrite = 1 << 30

  /// Makes the `occurrence`-th `step` fail with error number `code`.
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
