import CommandLanguage
import Foundation
import Plotting
import Sessions
import Tasks
import Training
import Wording

/// A test of a model for a figure; its examples are those of `test`.
struct SymbolTest {
  let data: SymbolData
  let slot: ModelSlot
  let step: Int
  let lengths: LengthTest

  /// Sets up the test of the model that a figure is requested for.
  ///
  /// - Parameter what: the subject that needs symbol tasks, for the message: `a confusion matrix is`.
  init(_ request: PlotRequest, about what: String, in session: Session) throws {
    slot = try request.onlySlot()
    let wanted = TestRequest(ofExamples: request.arguments)
    let longest = wanted.lengths?.max()
    let model = try session.boundModel(named: slot.name) { model, data in
      (longest ?? data.bins.max()).map { .forward(model, length: Double($0)) }
    }
    data = try model.data.typed(for: what)
    step = model.trainer.step
    lengths = try data.lengthTest(of: model, wanted, in: session)
  }

  /// Returns the line below the title of a figure.
  ///
  /// - Parameter score: the score of all examples.
  func subtitle(_ score: SymbolScore) -> String {
    let tested = lengths.lengths.map(String.init).joined(separator: ", ")
    let noun = lengths.lengths.count == 1 ? "length" : "lengths"
    let hard = lengths.isHard ? " · hard inputs" : ""
    let share = String(format: "%.2f", 100 * score.accuracy)
    return "\(slot.name), \(counted(step, "step")) · \(noun) \(tested)\(hard) · "
      + "\(share) % of \(counted(score.total, "symbol")) right"
  }
}
