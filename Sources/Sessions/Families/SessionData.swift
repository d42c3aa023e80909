import CommandLanguage
import Tasks
import Tensors
import Training

/// Data as commands use them: `data` makes them; `test`, `try`, `show` and `load` work with them.
package protocol SessionData: TaskData {
  /// The subject of such data, in messages: `tasks of symbols`.
  static var subject: String { get }
  /// The way to choose such data, in messages: `a task such as \`data badd\``.
  static var choosing: String { get }

  /// The arguments of `data` that choose them; nil if their files are missing.
  var choice: String? { get }
  /// The record that `data` returns and `show data` shows.
  var summary: Record { get }
  /// A text that distinguishes the model's symbols from as many others; empty if their numbers suffice.
  var alphabetIdentity: String { get }
  /// The reason why there is nothing to train on, and the remedy.
  var lackOfExamples: Diagnostic { get }

  /// Returns the reason why a model trained on other data cannot continue with these; nil for the general message.
  func alphabetMismatch(of model: String, trainedOn before: any SessionData) -> Diagnostic?

  /// Tests a model, for `test`.
  func test(
    _ model: Session.BoundModel,
    _ request: TestRequest,
    in session: Session
  ) throws -> Value

  /// Tests a model the same way as those that it is compared with, for `compare`.
  func compared(
    _ model: Session.BoundModel,
    _ request: ComparisonRequest,
    in session: Session
  ) throws -> ComparedScore

  /// Rejects a comparison that is impossible with a model on these data, before anything is trained.
  func checkComparison(
    _ model: Session.BoundModel,
    _ request: ComparisonRequest,
    in session: Session
  ) throws

  /// A description of the loss of `compare`, which is the same for all models.
  static var comparedLoss: String { get }

  /// Asks a model a question, for `try`.
  ///
  /// - Throws: `QuestionError` if the question is not in the task's form.
  func answer(
    _ question: String,
    from model: Session.BoundModel,
    in session: Session
  ) throws -> Value

  /// Shows examples of a batch, for `show batch`.
  func showBatch(_ request: BatchRequest, in session: Session) throws -> Value
}

extension SessionData {
  package func alphabetMismatch(of model: String, trainedOn before: any SessionData) -> Diagnostic?
  { nil }

  package func checkComparison(
    _ model: Session.BoundModel,
    _ request: ComparisonRequest,
    in session: Session
  ) throws {
    try request.refuseLengths()
    try model.checkMemoryOfPass()
  }

  /// Returns these data as those of one family.
  ///
  /// - Parameter what: the beginning of the message, such as `scores are`.
  /// - Throws: a diagnostic if they are of another family.
  package func typed<Data: SessionData>(
    as type: Data.Type = Data.self,
    for what: String = "this is"
  ) throws(Diagnostic) -> Data {
    guard let data = self as? Data else {
      throw Diagnostic(
        "\(what) about \(Data.subject), and the data are `\(name)`",
        remedy: "choose \(Data.choosing)"
      )
    }
    return data
  }
}

/// A request of `test`, or of a command that tests the same way.
package struct TestRequest {
  package let arguments: BoundArguments
  package let lengths: [Int]?
  package let count: Int?
  package let isHard: Bool
  package let seconds: Double?
  /// The file for the answers to all examples.
  package let predictions: String?

  /// Creates the request of `test`.
  package init(_ arguments: BoundArguments) {
    self.arguments = arguments
    lengths = arguments[TestCommand.lengths]
    count = arguments[TestCommand.count]
    isHard = arguments[TestCommand.hard]
    seconds = arguments[TestCommand.seconds]
    predictions = arguments[TestCommand.predictions]
  }

  /// Creates the request of a command that declares `examples`.
  package init(ofExamples arguments: BoundArguments) {
    self.arguments = arguments
    lengths = arguments[TestCommand.lengths]
    count = arguments[Self.count]
    isHard = arguments[TestCommand.hard]
    seconds = nil
    predictions = nil
  }

  /// The options of `test` that select examples of symbols.
  package static let examples: [any DeclaredArgument] = [
    TestCommand.lengths, count, TestCommand.hard,
  ]
  private static let count = CommandArgument(
    "count",
    .integer(in: 1...10_000_000),
    "examples of each length",
    otherwise: "1024, fewer above length 4096"
  )

  /// Rejects the options that only tasks of symbols have.
  ///
  /// - Parameter instead: the meaning of `count=` for these data.
  package func refuseOptionsOfSymbols(_ instead: String) throws(Diagnostic) {
    let foreign: [any DeclaredArgument] = [
      TestCommand.lengths, TestCommand.hard, TestCommand.seconds,
    ]
    for option in foreign where arguments.has(option) {
      throw arguments.error(
        on: option,
        "`\(option.name)=` is about tasks of symbols; here \(instead)",
        remedy: "leave it out"
      )
    }
  }

  /// Rejects a file of answers for music, whose answers are notes at each frame.
  package func refusePredictions() throws(Diagnostic) {
    guard predictions != nil else { return }
    throw arguments.error(
      on: TestCommand.predictions,
      "`predictions=` is about symbols and passages; of music the answers are notes over time",
      remedy: "`transcribe FILE` writes the notes that the model hears, `plot roll` draws them"
    )
  }
}

/// A request of `show batch`.
package struct BatchRequest {
  /// The model's next step, and the random source of its batch.
  package let step: Int
  package let source: RandomSource
  /// The maximum number of examples of each length.
  package let count: Int
}
