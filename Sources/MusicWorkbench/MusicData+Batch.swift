import Audio
import CommandLanguage
import Figures
import Foundation
import Sessions
import Tasks
import Tensors

extension MusicData {
  /// Shows windows of the next training step's batch, with the notes in their middles.
  package func showBatch(_ request: BatchRequest, in session: Session) throws -> Value {
    let batch = try trainingBatch(step: request.step, source: request.source) {
      try session.checkInterruption()
    }
    let targets = batch.targets(of: NoteTargets.self)
    let audio = batch.input.audio
    let window = form.window
    session.emit(
      String(
        format: "step %d: %d windows of %d samples, %.3f s",
        request.step,
        targets.windows,
        window,
        Double(window) / Double(MusicForm.rate)
      )
    )
    let values = audio.count / targets.windows
    let flags = targets.flags(ofFrame: targets.middle)
    var rows: [Value] = []
    for index in 0..<min(request.count, targets.windows) {
      let peak = audio[index * values..<(index + 1) * values].reduce(0) { max($0, abs($1)) }
      let notes = Pitch.range.filter { flags[index * NoteTargets.notes + $0] != 0 }.map(Pitch.name)
      let text = notes.isEmpty ? "silence" : notes.joined(separator: " ")
      session.emit(String(format: "  peak %.3f  %@", peak, text), .arithmetic)
      rows.append(.record(["peak": .number(Double(peak)), "notes": .texts(notes)]))
    }
    return .record(["step": .number(Double(request.step)), "examples": .list(rows)])
  }
}
