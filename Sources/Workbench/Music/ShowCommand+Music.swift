import Audio
import CommandLanguage
import Foundation
import Tasks
import Tensors

extension ShowCommand {
  /// Windows of the batch that the next training step takes, with the notes in their middles.
  func showBatch(of data: MusicData, in session: Session) throws -> Value {
    let (step, source) = try nextStep(on: data, in: session)
    let batch = try data.trainingBatch(step: step, source: source) {
      try session.checkInterruption()
    }
    guard case .notes(let targets) = batch.targets, case .audio(let audio) = batch.input else {
      throw BindingError.noData.diagnostic
    }
    let window = data.form.window
    session.print(
      String(
        format: "step %d: %d windows of %d samples, %.3f s",
        step,
        targets.windows,
        window,
        Double(window) / Double(MusicForm.rate)
      )
    )
    let values = audio.count / targets.windows
    let flags = targets.flags(ofFrame: targets.middle)
    var rows: [Value] = []
    for index in 0..<min(arguments[Self.count], targets.windows) {
      let peak = audio[index * values..<(index + 1) * values].reduce(0) { max($0, abs($1)) }
      let notes = Pitch.range.filter { flags[index * NoteTargets.notes + $0] != 0 }.map(Pitch.name)
      let text = notes.isEmpty ? "silence" : notes.joined(separator: " ")
      session.printResult(String(format: "  peak %.3f  %@", peak, text))
      rows.append(.record(["peak": .number(Double(peak)), "notes": .texts(notes)]))
    }
    return .record(["step": .number(Double(step)), "examples": .list(rows)])
  }
}
