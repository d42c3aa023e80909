/// The role of a word of a divided text at the ends of sentences.
package enum SentenceSign: UInt8, Sendable {
  case none
  /// The end of a sentence.
  case end
  /// A closing quote or bracket, which belongs to the sentence that an end before it has ended.
  case closing

  private static let longest = 3

  /// - Parameter word: the word in UTF-8.
  package init(of word: some Collection<UInt8>) {
    guard word.count <= Self.longest else {
      self = .none
      return
    }
    self =
      switch String(decoding: word, as: UTF8.self) {
      case ".", "!", "?", "...": .end
      case "''", "'", "\"", ")", "]": .closing
      default: .none
      }
  }

  /// Finds the beginning of the last sentence of a passage.
  ///
  /// - Parameter signs: the signs of its words, without the missing one.
  /// - Returns: the number of words before it.
  package static func lastSentence(of signs: some BidirectionalCollection<SentenceSign>) -> Int {
    var place = signs.count
    var closing = 0
    for sign in signs.reversed() {
      switch sign {
      case .end: return place + closing
      case .closing: closing += 1
      case .none: closing = 0
      }
      place -= 1
    }
    return 0
  }
}
