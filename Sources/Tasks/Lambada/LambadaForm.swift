/// The position of the answer in a training passage.
package enum PassageCut: String, CaseIterable, Sendable, Codable {
  /// The end, as in the published passages.
  case end
  /// Any meaningful word at least 40 words after the beginning that has occurred before: one passage gives several
  /// examples.
  case anywhere
}

/// The spec for reading passages of text; together with the files, part of what a model was trained on.
package struct LambadaForm: Hashable, Sendable, Codable {
  /// The folder or file of the passages, as the user wrote it.
  package var path: String
  /// The file of word vectors, as the user wrote it; nil if the network learns a table.
  package var vectors: String?
  /// The maximum size of the vocabulary, including the numbers that are not words; with a file of vectors, the number
  /// of its first words that are included in any case.
  package var words: Int
  package var cut = PassageCut.end
  /// The fraction of words that training makes unknown.
  package var drop = LambadaForm.usualDrop

  package init(path: String, vectors: String? = nil, words: Int = LambadaForm.usualWords) {
    self.path = path
    self.vectors = vectors
    self.words = words
  }

  package static let usualDrop = 0.05
  package static let usualWords = 20_000
  /// The possible sizes of a vocabulary.
  package static let sizes = 8...2_000_000

  /// True if its numbers are in range, which is not certain for those from a file.
  package var isValid: Bool {
    Self.sizes.contains(words) && drop >= 0 && drop < 1
  }
}
