import Tasks

/// The position that a network points at in a passage that it has read several times, shifted by different numbers of
/// blanks.
///
/// As in the reference code, a reading whose highest score is on a blank has no vote; the word with the most votes
/// counts, or among ties the one voted for later. Unlike there, a vote for the first word counts, too.
package struct PointerVote: Hashable, Sendable {
  /// The words in the order of their first votes, and the number of votes for each.
  private var votes: [(word: Int, count: Int)] = []

  package init() {}

  /// Counts a reading.
  ///
  /// - Parameters:
  ///   - position: the position of the highest score.
  ///   - passage: the passage as it was read.
  package mutating func add(position: Int, in passage: PlacedPassage) {
    let word = position - passage.start
    guard word >= 0, word < passage.count else { return }
    if let index = votes.firstIndex(where: { $0.word == word }) {
      votes[index].count += 1
    } else {
      votes.append((word, 1))
    }
  }

  /// The place of the word pointed at; nil if all readings point at blanks.
  package var word: Int? {
    var best: (word: Int, count: Int)?
    for vote in votes where vote.count >= best?.count ?? 0 { best = vote }
    return best?.word
  }

  package static func == (a: PointerVote, b: PointerVote) -> Bool {
    a.votes.elementsEqual(b.votes) { $0 == $1 }
  }

  package func hash(into hasher: inout Hasher) {
    for vote in votes {
      hasher.combine(vote.word)
      hasher.combine(vote.count)
    }
  }
}
