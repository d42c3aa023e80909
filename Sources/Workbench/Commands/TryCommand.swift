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
      Numbers are written as people write them. The question is padded to the smallest length of the data \
      that holds it, or to the next power of two.
      """,
    signature: Signature(
      rawTail: .init("question", "in the form of the task, such as 1011 + 110 for badd")
    ),
    examples: [
      .init("data badd; model rse maps=8; try 1011 + 110", "an untrained network guesses")
    ],
    category: Category.models
  )

  private let arguments: BoundArguments

  init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
  }

  func run(in session: Session) throws -> Value {
    let model = try session.boundModel()
    let task = model.data.task
    let input: [Int32]
    do {
      input = try task.input(asking: arguments.raw)
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
    guard let right = target.map(task.answer) else {
      session.printResult("network  \(answer)")
      return .record(["answer": .text(answer)])
    }
    session.printResult("network  \(answer)\(answer == right ? "" : "  (wrong)")")
    session.print("right    \(right)")
    return .record([
      "answer": .text(answer), "right": .text(right), "correct": .boolean(answer == right),
    ])
  }

  private static func powerOfTwo(from size: Int) -> Int {
    var length = 4
    while length < size { length *= 2 }
    return length
  }
}
