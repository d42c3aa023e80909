import CommandLanguage
import Foundation
import Tasks

/// A question to a network as users write it, and its right answer if it is known.
package struct Question {
  package let task: any SymbolTask
  package let input: [Int32]
  package let target: [Int32]?
  /// The padded length: the smallest one of the data that holds question and answer, or a power of two.
  package let length: Int

  /// Creates a question from the text after a command; the name of the task may precede it.
  ///
  /// - Throws: `QuestionError` if the text is not in the task's form.
  package init(_ text: String, of data: SymbolData) throws(QuestionError) {
    task = data.task
    input = try task.input(asking: Self.text(text, of: task))
    target = task.knownTarget(of: input)
    let size = max(input.count, target?.count ?? 0)
    length = data.bins.first { $0 >= size } ?? Self.powerOfTwo(from: size)
  }

  /// Returns true if an output is the right answer.
  func isRight(_ output: [Int32]) -> Bool {
    target.map { task.trimmed(output) == task.trimmed($0) } ?? false
  }

  /// Shows an output as the network's answer beside the right one.
  ///
  /// - Returns: both, for the record of a command.
  package func tell(_ output: [Int32], in session: Session) -> Record {
    let answer = task.answer(output)
    guard let right = target.map(task.answer) else {
      session.emit("network  \(answer)", .arithmetic)
      return ["answer": .text(answer)]
    }
    let isRight = isRight(output)
    session.emit("network  \(answer)\(isRight ? "" : "  (wrong)")", .arithmetic)
    session.emit("right    \(right)")
    return ["answer": .text(answer), "right": .text(right), "correct": .boolean(isRight)]
  }

  /// Returns the question without the name of the task before it.
  private static func text(
    _ text: String,
    of task: any SymbolTask
  ) throws(QuestionError) -> String {
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
