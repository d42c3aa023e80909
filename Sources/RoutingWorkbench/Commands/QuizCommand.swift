import CommandLanguage
import Figures
import Routing
import Sessions

/// `quiz 3 1 0 2`
package struct QuizCommand: Command {
  private static let network = CommandArgument(
    "network",
    .choice(NetworkForm.self, among: [.benes, .recursive]),
    "what it is sent through",
    default: .benes
  )

  package static let declaration = CommandDeclaration(
    name: "quiz",
    summary: "Route a permutation yourself, switch by switch",
    discussion: """
      Asks for the switches of a Beneš network one by one; `answer straight` or `answer cross` sets the one that \
      is asked for. The first switch of a loop may be set either way, all others follow. A wrong answer is not taken, \
      and is explained. Without a permutation `quiz` asks again, or begins with the permutation that was routed \
      last.

      `quiz hint` tells what the switch follows from, `quiz undo` takes back the last one, `quiz score` counts those \
      that were right at the first answer, without a hint. `plot route` draws the network as far as it is set.

      The record has `switches`, `set`, `open`, `mistakes`, `hints` and `score`.
      """,
    signature: Signature(
      rawTail: RoutingOptions.quizRequest,
      options: [network] + RoutingOptions.options
    ),
    examples: [
      .init("quiz 3 1 0 2\nanswer straight", "the first of six switches"),
      .init("quiz random n=8 seed=5 network=recursive", "20 switches as textbooks draw them"),
      .init("quiz 3 1 0 2; answer s\nquiz hint", "what the second switch follows from"),
    ],
    category: Category.routing
  )

  private let arguments: BoundArguments

  package init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
  }

  /// The requests that may replace a permutation.
  package enum Request: String, CaseIterable, Sendable {
    case hint, undo, score

    /// The request's effect, in one line.
    package var summary: String {
      switch self {
      case .hint: "tells what the switch follows from"
      case .undo: "takes back the last switch"
      case .score: "counts switches that were right at once"
      }
    }
  }

  package func run(in session: Session) throws -> Value {
    if let request = Request(rawValue: arguments.raw) { return try run(request, in: session) }
    let permutation = try RoutingOptions.permutation(arguments, in: session)
    if permutation == nil, let quiz = session.routing.quiz, quiz.question != nil {
      return show(quiz, in: session)
    }
    guard let permutation = permutation ?? session.routing.last?.permutation else {
      throw arguments.error(
        "no permutation has been routed yet",
        remedy: "name one: `quiz 3 1 0 2`"
      )
    }
    guard permutation.count <= RoutingOptions.largestDrawing else {
      throw arguments.error(
        on: RoutingOptions.quizRequest,
        RoutingOptions.tooLarge(permutation.count),
        remedy: "choose fewer elements, such as `quiz random n=8`"
      )
    }
    let quiz = RoutingQuiz(permutation, through: arguments[Self.network])
    session.routing.quiz = quiz
    return show(quiz, in: session)
  }

  private func run(_ request: Request, in session: Session) throws -> Value {
    if let option = ([Self.network] + RoutingOptions.options).first(where: arguments.has) {
      throw arguments.error(
        on: option,
        "`quiz \(request.rawValue)` is about the quiz that has begun",
        remedy: "leave \(option.name)= out"
      )
    }
    guard var quiz = session.routing.quiz else {
      throw arguments.error("no quiz has begun", remedy: "begin one, for example `quiz 3 1 0 2`")
    }
    switch request {
    case .score:
      session.emit(QuizWords(quiz: quiz).score)
      return .record(QuizWords(quiz: quiz).record)
    case .hint:
      guard let question = quiz.question else {
        throw arguments.error(
          "all switches of the quiz are set",
          remedy: "begin another one, for example `quiz random n=8`"
        )
      }
      quiz.noteHint()
      session.routing.quiz = quiz
      let words = QuizWords(quiz: quiz)
      session.emit("Hint: \(words.clue(to: question)).")
      session.emit(words.question)
      return .record(words.record)
    case .undo:
      guard let place = quiz.undo() else {
        throw arguments.error(
          "no switch of the quiz is set, so that none can be taken back",
          remedy: "`answer straight` or `answer cross` sets the one that is asked for"
        )
      }
      session.routing.quiz = quiz
      session.emit("Open again: switch \(place.name).")
      session.emit("")
      return show(quiz, in: session)
    }
  }

  private func show(_ quiz: RoutingQuiz, in session: Session) -> Value {
    let words = QuizWords(quiz: quiz)
    words.board.forEach { session.emit($0) }
    session.emit(words.question)
    return .record(words.record)
  }
}
