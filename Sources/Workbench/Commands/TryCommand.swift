import CommandLanguage
import Foundation
import Tasks
import Training

/// `try 1011 + 110`
struct TryCommand: Command {
  static let declaration = CommandDeclaration(
    name: "try",
    summary: "Ask the trained network a question and see its answer beside the right one",
    discussion: """
      The question and its answer are written as people write them, see `help task`; the name of the task \
      may stand before the question. It is padded to the smallest length of the data that holds it, or to the \
      next power of two.

      Of `data lambada` the question is a passage with `___` in place of its last word. It is read ten times, moved \
      by random numbers of blanks; the five most probable answers are listed, and the first stands in brackets where \
      the passage has it.
      """,
    signature: Signature(
      rawTail: .init("question", "in the form of the task, such as 1011 + 110 for badd")
    ),
    examples: [
      .init("data badd; model rse maps=8; try 1011 + 110", "an untrained network guesses"),
      .init("data dyck; model rse maps=8; try ([)]", "are these brackets balanced?"),
    ],
    category: Category.models
  )

  private let arguments: BoundArguments

  init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
  }

  func run(in session: Session) throws -> Value {
    let model = try session.boundModel()
    if let text = model.data as? LambadaData {
      do {
        return try tryPassage(arguments.raw, model, text, in: session)
      } catch let error as Diagnostic {
        throw arguments.error(on: "question", error.message, remedy: error.remedy)
      }
    }
    let task = try model.symbols().task
    let input: [Int32]
    do {
      input = try task.input(asking: question(of: task))
    } catch {
      throw arguments.error(on: "question", error.message, remedy: error.remedy)
    }
    let target = task.knownTarget(of: input)
    let size = max(input.count, target?.count ?? 0)
    let length = model.data.bins.first { $0 >= size } ?? Self.powerOfTwo(from: size)
    try MemoryEstimate.forward(model.trainer.model, length: Double(length)).check()
    let start = ContinuousClock.now
    let output = try Evaluation(
      model: model.trainer.model,
      monitor: session.monitor { pass in
        WorkProgress(
          activity: "try",
          done: pass.done,
          total: pass.total,
          unit: "layers",
          seconds: (ContinuousClock.now - start) / .seconds(1),
          detail: "length \(length)"
        )
      }
    ).predictions(for: [input], length: length)[0]
    let answer = task.answer(output)
    let isRight = target.map { task.trimmed(output) == task.trimmed($0) } ?? false
    guard let right = target.map(task.answer) else {
      session.printResult("network  \(answer)")
      return .record(["answer": .text(answer)])
    }
    session.printResult("network  \(answer)\(isRight ? "" : "  (wrong)")")
    session.print("right    \(right)")
    return .record([
      "answer": .text(answer), "right": .text(right), "correct": .boolean(isRight),
    ])
  }

  /// The question without the name of the task before it.
  private func question(of task: any SymbolTask) throws(QuestionError) -> String {
    let text = arguments.raw
    guard task is any GeneratedTask,
      let word = text.split(whereSeparator: \.isWhitespace).first
    else { return text }
    if word == task.name { return text[word.endIndex...].trimmingCharacters(in: .whitespaces) }
    guard TaskCatalog.task(named: String(word)) == nil else {
      throw QuestionError(
        "the data are of `\(task.name)`, not of `\(word)`",
        remedy: "`data \(word)` and a model trained on it come first"
      )
    }
    return text
  }

  private static func powerOfTwo(from size: Int) -> Int {
    var length = 4
    while length < size { length *= 2 }
    return length
  }
}
