import Tasks
import Testing

@testable import Training

@Suite("The vote of several readings")
struct PointerVoteTests {
  /// Five words behind so many blanks.
  private func passage(behind blanks: Int) -> PlacedPassage {
    PlacedPassage(
      [7, 8, 9, 10, 8],
      isAnswer: [false, true, false, false],
      question: 0,
      start: blanks
    )
  }

  /// Readings as the blanks before the passage and the position that was pointed at.
  @Test(
    "the word with the most votes counts, of equals the one that was voted for later",
    arguments: [
      ([], nil),
      ([(3, 4)], 1),
      // Words 1 and 2 once each, then the other way round.
      ([(3, 4), (3, 5)], 2), ([(3, 5), (3, 4)], 1),
      // Later is who had the first vote later, not who had the last one.
      ([(0, 1), (0, 2), (0, 2), (0, 1)], 2), ([(0, 2), (0, 1), (0, 1), (0, 2)], 1),
      // The same word behind other numbers of blanks.
      ([(0, 3), (2, 5), (4, 5)], 3), ([(4, 5), (0, 3), (2, 5)], 3), ([(0, 1), (5, 8), (9, 12)], 3),
      // Three equals.
      ([(0, 3), (0, 0), (0, 2)], 2),
      // The first and the last word count; blanks before and behind have no vote.
      ([(6, 6)], 0), ([(6, 10)], 4), ([(6, 5)], nil), ([(6, 11)], nil),
      ([(2, 3), (2, 1), (2, 7)], 1),
    ] as [([(Int, Int)], Int?)]
  )
  func votes(readings: [(Int, Int)], word: Int?) {
    var vote = PointerVote()
    for (blanks, position) in readings { vote.add(position: position, in: passage(behind: blanks)) }
    #expect(vote.word == word)
  }
}
