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

/// What `test` was told.
package struct TestRequest {
  package let arguments: BoundArguments

  package init(
    arguments: BoundArguments
  ) {
    self.arguments = arguments
  }

  package var lengths: [Int]? { arguments[TestCommand.lengths] }
  package var count: Int? { arguments[TestCommand.count] }
  package var seconds: Double? { arguments[TestCommand.seconds] }
  package var isHard: Bool { arguments[TestCommand.hard] }

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
}

/// What `show batch` is to show.
package struct BatchRequest {
  /// The step that the model takes next, and what its batch is drawn from.
  package let step: Int
  package let source: RandomSource
  /// Examples of each length at most.
  package let count: Int
}
