import Autograd
import Networks
import Tasks
import Tensors

extension MusicData: TaskData {
  package var head: any Head { NoteHead() }
  package var window: Int? { form.input == .raw ? form.window : nil }

  package var description: DataDescription {
    DataDescription(
      task: name,
      bins: bins,
      batchSize: batchSize,
      options: [Self.checkpointKey: form.json]
    )
  }

  fileprivate static let checkpointKey = "music"

  /// Validates on evenly spread windows of the validation recordings, or on synthetic music.
  package func validate(
    _ trainer: Trainer,
    count: Int,
    monitor: PassMonitor?
  ) throws -> ValidationRecord {
    let music = heldOut(.validation)
    let available = music.reduce(0) { $0 + ($1.windows ?? count) }
    var total = MusicScore()
    for piece in music {
      let windows = piece.windows ?? count
      let share = max(1, count * windows / max(1, available))
      let wanted = min(windows, share)
      let numbers = (0..<wanted).map { $0 * windows / wanted }
      total.add(try trainer.score(of: piece, numbers, in: self, monitor: monitor))
    }
    return ValidationRecord(
      step: trainer.step,
      loss: total.loss / Double(max(1, total.frames)),
      accuracy: total.averagePrecision.value()
    )
  }
}

extension MusicForm {
  /// Reads the form from a checkpoint.
  ///
  /// - Throws: `CheckpointError.badMetadata` if it is missing, or the model reads something else.
  package init(_ checkpoint: Checkpoint) throws(CheckpointError) {
    let (spec, bins) = (checkpoint.spec, checkpoint.data.bins)
    self = try checkpoint.data.decoded(MusicData.checkpointKey) { (form: MusicForm) in
      form.isValid && bins == [form.places]
        && (spec.input == .audio || spec.inputSymbols == form.features)
        && (spec.window == nil || form.input == .raw && form.window == spec.window)
    }
  }
}
