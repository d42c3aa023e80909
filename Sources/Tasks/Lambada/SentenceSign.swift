/// What a word of a divided text tells about where sentences end.
package enum SentenceSign: UInt8, Sendable {
  case none
  /// Ends a sentence.
  case end
  /// Belongs to the sentence that an end before it has ended: a quote or bracket that closes.
  case closing

  private static let longest = 3

  /// - Parameter word: in UTF-8.
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

  /// Where the last sentence of a passage begins.
  ///
  /// - Parameter signs: of its words, without the one that is to be found.
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
