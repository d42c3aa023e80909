import CommandLanguage
import Sessions
import Training
import Wording

extension LoadCommand {
  /// Begins a new training of the current model with weights from a file.
  func load(_ arrays: ArrayFile, in session: Session) throws -> Value {
    try Diagnostic.about(Self.file) {
      let model = try session.boundModel(named: arguments[Self.name])
      let values = try arrays.read(
        model.trainer.model,
        only: arguments[Self.array],
        in: session
      )
      let steps = model.trainer.step
      model.slot.begin(with: values)
      if steps > 0 {
        session.emit(
          "its training of \(counted(steps, "step")) is given up: a new one begins with these values"
        )
      }
      let weights = model.slot.trainer?.model.digest.short ?? ""
      session.emit("\(model.slot.name)  step 0  weights \(weights)", .arithmetic)
      return .record([
        "name": .text(model.slot.name), "step": .number(0), "weights": .text(weights),
      ])
    }
  }
}
