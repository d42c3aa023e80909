import Audio
import Autograd
import Networks
import Processes
import Tasks
import Tensors

extension PerformanceData: TaskData {
  package var head: any Head { PlayingHead() }

  package var description: DataDescription {
    DataDescription(
      task: name,
      bins: bins,
      batchSize: batchSize,
      options: [Self.checkpointKey: form.json]
    )
  }

  fileprivate static let checkpointKey = "performances"

  /// Validates on evenly spread windows of the validation recordings, or of synthetic music; the accuracy is the F1 of
  /// onsets within 50 ms in the middle of each.
  package func validate(
    _ trainer: Trainer,
    count: Int,
    monitor: PassMonitor?
  ) throws -> ValidationRecord {
    var score = PlayingScore()
    let windows = validationWindows(count, seed: trainer.settings.seed)
    let scores = try ProcessGroup.current.map(
      .validation,
      count: windows.count,
      poll: { try monitor?.check() }
    ) { try trainer.score(windows[$0], in: self, monitor: monitor) }
    scores.forEach { score.add($0) }
    return ValidationRecord(
      step: trainer.step,
      loss: score.loss / Double(max(1, score.windows)),
      accuracy: score.f1
    )
  }

  private func validationWindows(_ count: Int, seed: UInt64) -> [Window] {
    let recordings = heldOut(.validation)
    guard !recordings.isEmpty else {
      let source = RandomSource(seed: seed)
      return (0..<count).map { window(madeFor: .examples, $0, source: source) }
    }
    let samples = recordings.reduce(0) { $0 + $1.recording.count }
    return recordings.flatMap { recording in
      let own = recording.recording.count
      let wanted = max(1, count * own / max(1, samples))
      return (0..<wanted).map { window(of: recording, from: $0 * own / wanted) }
    }
  }
}

/// The quality of the onsets found in the middles of windows.
package struct PlayingScore: Codable {
  /// The sum of the losses of the windows.
  package private(set) var loss = 0.0
  package private(set) var windows = 0
  private var (reference, estimate, matched) = (0, 0, 0)

  package init() {}

  init(loss: Double, _ notes: NoteScore) {
    (self.loss, windows) = (loss, 1)
    (reference, estimate, matched) = (notes.reference, notes.estimate, notes.matched)
  }

  package mutating func add(_ other: PlayingScore) {
    loss += other.loss
    windows += other.windows
    reference += other.reference
    estimate += other.estimate
    matched += other.matched
  }

  /// Twice the number of matched notes, divided by the number of notes of both sides; 0 without notes.
  package var f1: Double {
    reference + estimate == 0 ? 0 : 2 * Double(matched) / Double(reference + estimate)
  }
}

extension Trainer {
  /// Scores the onsets in the middle half of a window.
  ///
  /// - Throws: any error that `monitor` throws.
  package func score(
    _ window: PerformanceData.Window,
    in data: PerformanceData,
    monitor: PassMonitor?
  ) throws -> PlayingScore {
    let (logits, tape) = try model.forward(window.batch, monitor: monitor)
    var heard = HeardPlaying()
    logits.value.withPointer { logits in
      for frame in 0..<data.form.frames { heard.add(logits + frame * PlayingRow.count) }
    }
    let frames = Double(data.form.frames)
    let middle = frames / 4 / PerformanceForm.frameRate..<3 * frames / 4 / PerformanceForm.frameRate
    let estimate = PlayingReader().read(heard, rate: PerformanceForm.frameRate).notes
    return PlayingScore(
      loss: loss(of: logits, window.batch, on: tape).losses.reduce(0, +),
      NoteScore(
        reference: window.notes.filter { middle.contains($0.onset) },
        estimate: estimate.filter { middle.contains($0.onset) }
      )
    )
  }
}

extension PerformanceForm {
  /// Reads the form from a checkpoint.
  ///
  /// - Throws: `CheckpointError.badMetadata` if it is missing, or the model reads something else.
  package init(_ checkpoint: Checkpoint) throws(CheckpointError) {
    let (spec, bins) = (checkpoint.spec, checkpoint.data.bins)
    self = try checkpoint.data.decoded(PerformanceData.checkpointKey) { (form: PerformanceForm) in
      form.isValid && bins == [form.frames] && spec.inputSymbols == PerformanceForm.features
        && spec.outputSymbols == PlayingRow.count
        && spec.input == (form.input == .harmonics ? .harmonics : .spectrogram)
    }
  }
}
