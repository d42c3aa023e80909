/// Where the answer of a training passage stands.
package enum PassageCut: String, CaseIterable, Sendable, Codable {
  /// At its end, as the published passages have it.
  case end
  /// At any word, at least 40 words behind the beginning, that carries meaning and has been there before: a passage
  /// gives several examples.
  case anywhere
}

/// How passages of text are read; with the files part of what a model was trained on.
package struct LambadaForm: Hashable, Sendable, Codable {
  /// The folder or file of the passages, as the user wrote it.
  package var path: String
  /// The file of the words' vectors, as the user wrote it; nil where the network learns a table.
  package var vectors: String?
  /// Numbers of the vocabulary at most, those that are not words among them; words of the file of vectors that are
  /// taken in any case.
  package var words: Int
  package var cut = PassageCut.end
  /// The share of words that training makes unknown.
  package var drop = LambadaForm.usualDrop

  package init(path: String, vectors: String? = nil, words: Int = LambadaForm.usualWords) {
    self.path = path
    self.vectors = vectors
    self.words = words
  }

  package static let usualDrop = 0.05
  package static let usualWords = 20_000
  /// Sizes that a vocabulary can have.
  package static let sizes = 8...2_000_000

  /// Whether its numbers are possible, which of a file is not known.
  package var isValid: Bool {
    Self.sizes.contains(words) && drop >= 0 && drop < 1
  }
}
