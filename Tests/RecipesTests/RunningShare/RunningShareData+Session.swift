// What commands do with the data of a task family, as the recipe in ARCHITECTURE.md says.
import CommandLanguage
import Foundation
import Sessions
import Tasks
import Tensors
import Training

extension RunningShareData: SessionData {
  static var subject: String { "shares of ones" }
  static var choosing: String { "`data share`" }

  var choice: String? { "\(name) ones=\(ones)" }
  var alphabetIdentity: String { "" }

  var lackOfExamples: Diagnostic { Diagnostic("there are no examples") }

  var summary: Record {
    [
      "task": .text(name), "about": .text(about), "lengths": .integers(bins),
      "batch": .number(Double(batchSize)), "ones": .number(ones),
    ]
  }

  func test(
    _ model: Session.BoundModel,
    _ request: TestRequest,
    in session: Session
  ) throws -> Value {
    try model.checkMemoryOfPass()
    try request.refuseOptionsOfSymbols("`count=` examples of each length are made")
    let record = try model.trainer.validate(on: self, count: request.count ?? 64)
    session.emit(
      String(
        format: "error %.4f  %@ %.4f",
        record.loss.squareRoot(),
        model.trainer.head.metric,
        record.accuracy
      ),
      .arithmetic
    )
    return .record(["error": .number(record.loss.squareRoot()), "near": .number(record.accuracy)])
  }

  static var comparedLoss: String { "the mean squared error" }

  func compared(
    _ model: Session.BoundModel,
    _ request: ComparisonRequest,
    in session: Session
  ) throws -> ComparedScore {
    let record = try model.trainer.validate(
      on: self,
      count: request.count ?? 64,
      comparing: request.seed
    )
    return ComparedScore([.init(.text("near"), title: "near", record.accuracy)])
  }

  func answer(
    _ question: String,
    from model: Session.BoundModel,
    in session: Session
  ) throws -> Value {
    let bits = question.filter { !$0.isWhitespace }
    let count = bits.count
    guard count >= 4, count & (count - 1) == 0, bits.allSatisfy({ $0 == "0" || $0 == "1" }) else {
      throw QuestionError(
        "`\(question)` is no list of 4, 8, 16, … bits",
        remedy: "as in `try 1 0 1 1`"
      )
    }
    let input = bits.map { $0 == "1" ? Int32(2) : 1 }
    let batch = Self.batch([count: [input]])
    let told = try model.trainer.model.forward(batch, monitor: nil).logits.value.elements
    let right = Self.shares(input)
    session.emit("network  \(Self.text(told))", .arithmetic)
    session.emit("right    \(Self.text(right))")
    return .record(["answer": .text(Self.text(told)), "right": .text(Self.text(right))])
  }

  func showBatch(_ request: BatchRequest, in session: Session) throws -> Value {
    let inputs = inputs(
      .trainingData,
      number: request.step,
      count: batchSize,
      source: request.source
    )
    var rows: [Value] = []
    for (length, all) in inputs.sorted(by: { $0.key < $1.key }) {
      session.emit("length \(length)")
      for input in all.prefix(request.count) {
        let bits = input.map { String($0 - 1) }.joined()
        session.emit("  \(bits) → \(Self.text(Self.shares(input)))")
        rows.append(.text(bits))
      }
    }
    return .record(["step": .number(Double(request.step)), "examples": .list(rows)])
  }

  private static func text(_ shares: [Float]) -> String {
    shares.map { String(format: "%.2f", $0) }.joined(separator: " ")
  }
}
