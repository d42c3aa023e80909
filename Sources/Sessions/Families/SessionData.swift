import CommandLanguage
import Tasks
import Tensors
import Training

/// Data as the commands see them: what `data` makes, and `test`, `try`, `show` and `load` deal with.
package protocol SessionData: TaskData {
  /// What such data are about, in messages: `tasks of symbols`.
  static var subject: String { get }
  /// How such data are chosen, in messages: `a task such as \`data badd\``.
  static var choosing: String { get }

  /// What `data` is told to choose them; nil where their files are missing.
  var choice: String? { get }
  /// What `data` gives and `show data` tells.
  var summary: Record { get }
  /// What tells the symbols of a model from equally many others; empty where their numbers are enough.
  var alphabetIdentity: String { get }
  /// Why there is nothing to train on, and the remedy.
  var lackOfExamples: Diagnostic { get }

  /// Why a model that was trained on others cannot go on with these; nil for the general message.
  func alphabetMismatch(of model: String, trainedOn before: any SessionData) -> Diagnostic?

  /// Measures a model, for `test`.
  func test(
    _ model: Session.BoundModel,
    _ request: TestRequest,
    in session: Session
  ) throws -> Value

  /// Measures a model as others are measured that it is compared with, for `compare`.
  func compared(
    _ model: Session.BoundModel,
    _ request: ComparisonRequest,
    in session: Session
  ) throws -> ComparedScore

  /// Refuses what `compare` cannot do with a model on these data, before anything is trained.
  func checkComparison(
    _ model: Session.BoundModel,
    _ request: ComparisonRequest,
    in session: Session
  ) throws

  /// What the loss of `compare` is, which is the same for all models.
  static var comparedLoss: String { get }

  /// Asks a model a question, for `try`.
  ///
  /// - Throws: `QuestionError` for a question of another form.
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

  /// The same data as those of one family.
  ///
  /// - Parameter what: what needs them, in the message: `scores are`.
  /// - Throws: a diagnostic if they are of another one.
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

/// What `test` was told, or a command that tests in the same way.
package struct TestRequest {
  package let arguments: BoundArguments
  package let lengths: [Int]?
  package let count: Int?
  package let isHard: Bool
  package let seconds: Double?
  /// The file that the answers to all examples go into.
  package let predictions: String?

  /// What `test` was told.
  package init(_ arguments: BoundArguments) {
    self.arguments = arguments
    lengths = arguments[TestCommand.lengths]
    count = arguments[TestCommand.count]
    isHard = arguments[TestCommand.hard]
    seconds = arguments[TestCommand.seconds]
    predictions = arguments[TestCommand.predictions]
  }

  /// What a command was told that declares `examples`.
  package init(ofExamples arguments: BoundArguments) {
    self.arguments = arguments
    lengths = arguments[TestCommand.lengths]
    count = arguments[Self.count]
    isHard = arguments[TestCommand.hard]
    seconds = nil
    predictions = nil
  }

  /// The options of `test` that say which examples of symbols are tested.
  package static let examples: [any DeclaredArgument] = [
    TestCommand.lengths, count, TestCommand.hard,
  ]
  private static let count = CommandArgument(
    "count",
    .integer(in: 1...10_000_000),
    "examples of each length",
    otherwise: "1024, fewer above length 4096"
  )

  /// Refuses the options that only tasks of symbols have.
  ///
  /// - Parameter instead: what `count=` means here.
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

  /// Refuses a file of answers, of music, whose answers are notes at each frame.
  package func refusePredictions() throws(Diagnostic) {
    guard predictions != nil else { return }
    throw arguments.error(
      on: TestCommand.predictions,
      "`predictions=` is about symbols and passages; of music the answers are notes over time",
      remedy: "`transcribe FILE` writes the notes that the model hears, `plot roll` draws them"
    )
  }
}

/// What `show batch` is to show.
package struct BatchRequest {
  /// The step that the model takes next, and what its batch is drawn from.
  package let step: Int
  package let source: RandomSource
  /// Examples of each length at most.
  package let count: Int
}
