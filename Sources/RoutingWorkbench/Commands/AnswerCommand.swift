import CommandLanguage
import Figures
import Routing
import Sessions

/// `answer cross`
package struct AnswerCommand: Command {
  private enum Setting: String, CaseIterable {
    case straight, cross
    case s, x

    var crosses: Bool { self == .cross || self == .x }
  }

  private static let settings = CommandArgument.repeating(
    "setting",
    .choice(Setting.self),
    "straight or cross, in short s or x, for one switch after the other"
  )

  package static let declaration = CommandDeclaration(
    name: "answer",
    summary: "Set the switch that the quiz asks for",
    discussion: """
      Several answers are taken one after the other, up to the first that is wrong. The record has `correct`, whether \
      all were right, and `switches`, `set`, `open`, `mistakes`, `hints` and `score`.
      """,
    signature: Signature(positionals: [settings]),
    examples: [
      .init("quiz 1 0; answer cross", "the only switch of two elements"),
      .init(
        "quiz 3 1 0 2; let a = answer straight cross\nassert $a.correct",
        "two switches, which a notebook can check"
      ),
      .init("quiz 3 1 0 2; answer s x", "the same in short"),
    ],
    category: Category.routing
  )

  private let arguments: BoundArguments

  package init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
  }

  package func run(in session: Session) throws -> Value {
    guard var quiz = session.routing.quiz, quiz.question != nil else {
      throw arguments.error(
        session.routing.quiz == nil ? "no quiz has begun" : "all switches of the quiz are set",
        remedy: "begin one, for example `quiz 3 1 0 2`"
      )
    }
    let answers = arguments[Self.settings]
    guard !answers.isEmpty else {
      throw arguments.error(
        on: Self.settings,
        "no answer is given",
        remedy: "`answer straight` or `answer cross`"
      )
    }
    var isCorrect = true
    let before = quiz.settled
    for answer in answers {
      guard let question = quiz.question else { break }
      let words = QuizWords(quiz: quiz)
      isCorrect = quiz.answer(crosses: answer.crosses)
      session.emit(
        (isCorrect ? "Right: " : "No: ") + words.reason(of: question, crosses: answer.crosses)
      )
      guard isCorrect else { break }
    }
    session.routing.quiz = quiz
    let words = QuizWords(quiz: quiz)
    if isCorrect || quiz.settled != before { ([""] + words.board).forEach { session.emit($0) } }
    session.emit(words.question)
    var record: Record = ["correct": .boolean(isCorrect)]
    for field in words.record.fields { record[field.name] = field.value }
    return .record(record)
  }
}
