/// A group of statements of a notebook with the output recorded for it.
package struct Cell: Sendable {
  /// The cell's number, from 1.
  package let number: Int
  /// The places of its code in ``Notebook/lines``; output follows directly below when recorded.
  package let lines: Range<Int>
  /// Its code, lines joined by `\n`.
  package let code: String
  /// The places of its recorded output in ``Notebook/lines``.
  package internal(set) var outputLines: [Int] = []
  /// The recorded output, without the lines about failure.
  package internal(set) var output: [OutputLine] = []
  /// What the `!` lines below it say; nil if there are none.
  package internal(set) var expectation: FailureExpectation?

  /// The line (from 1) of the file at which it begins.
  package var firstLine: Int { lines.lowerBound + 1 }

  /// True if the notebook holds anything that a replay compares.
  package var hasStableRecord: Bool {
    output.contains { !$0.isVolatile } || !(expectation?.message ?? []).isEmpty
  }
}

/// The author's word that a cell fails.
package struct FailureExpectation: Sendable, Equatable {
  /// The lines of the recorded message; empty while none is recorded, when any failure will do.
  package var message: [String]
}
