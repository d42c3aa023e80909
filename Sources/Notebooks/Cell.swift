/// A group of statements in a notebook, with its recorded output.
package struct Cell: Sendable {
  /// The cell's number, from 1.
  package let number: Int
  /// The range of its code in ``Notebook/lines``; recording writes the output directly below it.
  package let lines: Range<Int>
  /// Its code, lines joined by `\n`.
  package let code: String
  /// The indices of its recorded output in ``Notebook/lines``.
  package internal(set) var outputLines: [Int] = []
  /// The recorded output, without the failure lines.
  package internal(set) var output: [OutputLine] = []
  /// The failure that the `!` lines below it announce; nil without such lines.
  package internal(set) var expectation: FailureExpectation?

  /// The line number (from 1) of its first line in the file.
  package var firstLine: Int { lines.lowerBound + 1 }

  /// True if the notebook records anything for it that a replay compares.
  package var hasStableRecord: Bool {
    output.contains { !$0.isVolatile } || !(expectation?.message ?? []).isEmpty
  }
}

/// The author's statement that a cell is expected to fail.
package struct FailureExpectation: Sendable, Equatable {
  /// The lines of the recorded message; empty while none is recorded, when any failure matches.
  package var message: [String]
}
