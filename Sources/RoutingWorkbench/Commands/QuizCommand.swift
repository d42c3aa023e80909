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
      last. The record has `switches`, `set`, `open` and `mistakes`.
      """,
    signature: Signature(
      rawTail: RoutingOptions.optionalPermutation,
      options: [network] + RoutingOptions.options
    ),
    examples: [
      .init("quiz 3 1 0 2\nanswer straight", "the first of six switches"),
      .init("quiz random n=8 seed=5 network=recursive", "20 switches as textbooks draw them"),
    ],
    category: Category.routing
  )

  private let arguments: BoundArguments

  package init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
  }

  package func run(in session: Session) throws -> Value {
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
        on: RoutingOptions.optionalPermutation,
        RoutingOptions.tooLarge(permutation.count),
        remedy: "choose fewer elements, such as `quiz random n=8`"
      )
    }
    let quiz = RoutingQuiz(permutation, through: arguments[Self.network])
    session.routing.quiz = quiz
    return show(quiz, in: session)
  }

  private func show(_ quiz: RoutingQuiz, in session: Session) -> Value {
    let words = QuizWords(quiz: quiz)
    words.board.forEach { session.emit($0) }
    session.emit(words.question)
    return .record(words.record)
  }
}
