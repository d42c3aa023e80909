/// What can stand at a place of a text that is being typed.
package struct Completion: Equatable, Sendable {
  /// One way to go on.
  package struct Candidate: Equatable, Sendable {
    /// What the range becomes.
    package let text: String

    /// What a list of candidates shows for it.
    package let label: String

    /// What it is, in a few words; may be empty.
    package let summary: String

    /// Whether a blank goes behind it, which is not so for `name=` and directories.
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

/// What completion asks the program around the language.
package protocol CompletionHost {
  /// The names of the things of a sort, such as `model`, with a few words on each.
  func names(of thing: String) -> [(name: String, summary: String)]

  /// The files and directories whose path begins with a text; directories end in `/`.
  ///
  /// - Parameter extensions: of the files wanted, without the point; nil for directories only, empty
  ///   for all files.
  func paths(beginningWith text: String, extensions: [String]?) -> [String]
}
