import CommandLanguage
import Figures
import Routing
import Sessions
import Wording

/// The texts of a quiz.
struct QuizWords {
  let quiz: RoutingQuiz

  /// The network in its current state.
  var board: [String] { [quiz.permutation.arrows] + RouteBoard(quiz).lines + [""] }

  /// The next question, or the closing words once all switches are set.
  var question: String {
    guard let question = quiz.question else {
      let help = [
        quiz.mistakes == 0 ? nil : counted(quiz.mistakes, "wrong answer"),
        quiz.hints == 0 ? nil : counted(quiz.hints, "hint"),
      ].compactMap(\.self)
      let end = help.isEmpty ? "" : " after \(help.joined(separator: " and "))"
      return "All \(quiz.count) switches are set\(end), and every element arrives."
    }
    return "\(quiz.settled.count + 1) of \(quiz.count): switch \(question.place.name), "
      + "straight or cross?"
  }

  /// The number of switches that were right at once, of wrong answers, and of hints.
  var score: String {
    "score \(quiz.score) of \(quiz.settled.count): \(counted(quiz.mistakes, "wrong answer")), "
      + counted(quiz.hints, "hint")
  }

  /// The progress, for a picture.
  var summary: String {
    guard let place = quiz.question?.place else { return question }
    return "\(quiz.settled.count) of \(counted(quiz.count, "switch", "switches")) set; "
      + "\(place.name) is asked for"
  }

  var record: Record {
    let set = quiz.settled.count
    return [
      "switches": .number(Double(quiz.count)), "set": .number(Double(set)),
      "open": .number(Double(quiz.count - set)), "mistakes": .number(Double(quiz.mistakes)),
      "hints": .number(Double(quiz.hints)), "score": .number(Double(quiz.score)),
    ]
  }

  /// Returns the reason for a switch's setting.
  ///
  /// - Parameter crosses: the answer, where either is right.
  func reason(of question: RoutingQuiz.Question, crosses: Bool) -> String {
    if case .free(let loop, let elements) = question.reason {
      let pair = crosses ? elements.reversed() : elements
      return "loop \(loop + 1) begins, so that either is. "
        + "\(pair[0]) takes the upper way, \(pair[1]) the lower."
    }
    let verdict = question.crosses ?? crosses ? "it crosses." : "it stays straight."
    return "\(clue(to: question)): \(verdict)"
  }

  /// Returns what determines a switch, without its setting.
  func clue(to question: RoutingQuiz.Question) -> String {
    let last = quiz.wiring.columns - question.place.column
    switch question.reason {
    case .free(let loop, let elements):
      return
        "loop \(loop + 1) begins with \(elements[0]) and \(elements[1]), which may take either way"
    case .exit(let loop, let known):
      return
        "in loop \(loop + 1), \(known.element) takes the \(RouteStory.way(known.way)) way, so it "
        + "comes in at the \(RouteStory.way(known.way)) input;\n"
        + "it must leave by the \(RouteStory.way(known.exit % 2)) output"
    case .entrance(let loop, let known, let partner):
      return
        "in loop \(loop + 1), \(partner.element) takes the \(RouteStory.way(partner.way)) way, and "
        + "\(known.element) leaves by the same switch of column \(last);\n"
        + "so \(known.element) takes the \(RouteStory.way(known.way)) way, from the "
        + "\(RouteStory.way(known.entrance % 2)) input here"
    case .middle(let element, let output):
      return "the columns in front bring \(element) to the upper input, and those behind\n"
        + "expect it at the \(RouteStory.way(output)) output"
    }
  }
}

extension RoutingQuiz.Place {
  /// The switch's positions and its column.
  var name: String { "\(number.switchName) of column \(column + 1)" }
}
