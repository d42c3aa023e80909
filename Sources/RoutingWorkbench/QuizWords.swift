import CommandLanguage
import Figures
import Routing
import Sessions
import Wording

/// What a quiz says.
struct QuizWords {
  let quiz: RoutingQuiz

  /// The network so far.
  var board: [String] { [quiz.permutation.arrows] + RouteBoard(quiz).lines + [""] }

  /// What is asked next, or that all is done.
  var question: String {
    guard let question = quiz.question else {
      let mistakes = quiz.mistakes
      let end = mistakes == 0 ? "" : " after \(counted(mistakes, "wrong answer"))"
      return "All \(quiz.count) switches are set\(end), and every element arrives."
    }
    return "\(quiz.settled.count + 1) of \(quiz.count): switch \(question.place.name), "
      + "straight or cross?"
  }

  var record: Record {
    let set = quiz.settled.count
    return [
      "switches": .number(Double(quiz.count)), "set": .number(Double(set)),
      "open": .number(Double(quiz.count - set)), "mistakes": .number(Double(quiz.mistakes)),
    ]
  }

  /// Why a switch is set as it must be.
  ///
  /// - Parameter crosses: the answer, where any is right.
  func reason(of question: RoutingQuiz.Question, crosses: Bool) -> String {
    let verdict = question.crosses ?? crosses ? "it crosses." : "it stays straight."
    let last = quiz.wiring.columns - question.place.column
    switch question.reason {
    case .free(let loop, let elements):
      let pair = crosses ? elements.reversed() : elements
      return "loop \(loop + 1) begins, so that either is. "
        + "\(pair[0]) takes the upper way, \(pair[1]) the lower."
    case .exit(let loop, let known):
      return
        "in loop \(loop + 1), \(known.element) takes the \(RouteStory.way(known.way)) way, so it "
        + "comes in at the \(RouteStory.way(known.way)) input;\n"
        + "it must leave by the \(RouteStory.way(known.exit % 2)) output: \(verdict)"
    case .entrance(let loop, let known, let partner):
      return
        "in loop \(loop + 1), \(partner.element) takes the \(RouteStory.way(partner.way)) way, and "
        + "\(known.element) leaves by the same switch of column \(last);\n"
        + "so \(known.element) takes the \(RouteStory.way(known.way)) way, from the "
        + "\(RouteStory.way(known.entrance % 2)) input here: \(verdict)"
    case .middle(let element, let output):
      return "the columns in front bring \(element) to the upper input, and those behind\n"
        + "expect it at the \(RouteStory.way(output)) output: \(verdict)"
    }
  }
}

extension RoutingQuiz.Place {
  /// Its places and its column.
  fileprivate var name: String { "\(number.switchName) of column \(column + 1)" }
}
