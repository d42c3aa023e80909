import CommandLanguage
import Tasks

/// `try 1011 + 110`
package struct TryCommand: Command {
  private static let question = Signature.RawTail(
    "question",
    "in the form of the task, such as 1011 + 110 for badd"
  )

  package static let declaration = CommandDeclaration(
    name: "try",
    summary: "Ask the trained network a question and see its answer beside the right one",
    discussion: """
      The question and its answer are written as people write them, see `help task`; the name of the task \
      may stand before the question. It is padded to the smallest length of the data that holds it, or to the \
      next power of two.

      Of `data lambada` the question is a passage with `___` in place of its last word, or without it. It is read ten times, moved \
      by random numbers of blanks; the five most probable answers are listed, the first stands in brackets where the \
      passage has it, and a terminal with colours shades the words by their probabilities.
      """,
    signature: Signature(rawTail: question),
    examples: [
      .init("data badd; model rse maps=8; try 1011 + 110", "an untrained network guesses"),
      .init("data dyck; model rse maps=8; try ([)]", "are these brackets balanced?"),
    ],
    category: Category.models
  )

  private let arguments: BoundArguments

  package init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
  }

  package func run(in session: Session) throws -> Value {
    let model = try session.boundModel()
    do {
      return try model.data.answer(arguments.raw, from: model, in: session)
    } catch let error as QuestionError {
      throw arguments.error(on: Self.question, error.message, remedy: error.remedy)
    }
  }
}
