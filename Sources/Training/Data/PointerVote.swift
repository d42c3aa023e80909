import Tasks

/// Where a network points in a passage that it has read several times, moved by other numbers of blanks.
///
/// As in the code of the original, a reading whose highest score lies on a blank has no vote; the word with the most
/// votes counts, of equals the one that was voted for later. Other than there a vote for the first word counts, too.
package struct PointerVote: Hashable, Sendable {
  /// Words in the order of their first votes, and how many each has.
  private var votes: [(word: Int, count: Int)] = []

  package init() {}

  /// Counts a reading.
  ///
  /// - Parameters:
  ///   - position: of the highest score.
  ///   - passage: as it was read.
  package mutating func add(position: Int, in passage: PlacedPassage) {
    let word = position - passage.start
    guard word >= 0, word < passage.count else { return }
    if let index = votes.firstIndex(where: { $0.word == word }) {
      votes[index].count += 1
    } else {
      votes.append((word, 1))
    }
  }

  /// The place of the word that is pointed at; nil if all readings point at blanks.
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
