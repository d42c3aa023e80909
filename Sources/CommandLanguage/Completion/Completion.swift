/// The completions at a place in a text that is being typed.
package struct Completion: Equatable, Sendable {
  /// A possible continuation.
  package struct Candidate: Equatable, Sendable {
    /// The text that replaces the range.
    package let text: String

    /// The label in a list of candidates.
    package let label: String

    /// A short description; may be empty.
    package let summary: String

    /// True if a space follows the text, as it does not after `name=` and directories.
    package let isWhole: Bool

    /// Makes a candidate.
    package init(_ text: String, label: String? = nil, summary: String = "", isWhole: Bool = true) {
      self.text = text
      self.label = label ?? text
      self.summary = summary
      self.isWhole = isWhole
    }
  }

  /// The bytes that a candidate replaces: those from the start of a word to the cursor.
  package let range: SourceRange

  /// The candidates in order, each once.
  package let candidates: [Candidate]
}

/// The names and paths that completion requests from the surrounding program.
package protocol CompletionHost {
  /// Returns the names of things of one kind, such as `model`, each with a short description.
  func names(of thing: String) -> [(name: String, summary: String)]

  /// Returns the files and directories whose paths begin with a text; directories end in `/`.
  ///
  /// - Parameter extensions: the extensions of the files wanted, without the dot; nil for directories only, empty for
  ///   all files.
  func paths(beginningWith text: String, extensions: [String]?) -> [String]
}
