import Audio
import Autograd
import Foundation
import Networks
import Tasks
import Tensors
import Testing

@testable import Training

@Suite("Probabilities of frames")
struct FrameProbabilityTests {
  /// A network of a few steps, and what it hears.
  private func listener(
    _ input: AudioForm,
    _ kind: NetworkKind = .rse
  ) throws -> (Trainer, MusicData) {
    var form = MusicForm()
    form.window = 1024
    form.input = input
    let data = MusicData(.notes, form: form, batchSize: 2)
    var spec = ModelSpec(kind, maps: 4, inputSymbols: 0, outputSymbols: 128)
    (spec.blocks, spec.norm) = (1, .features)
    spec.window = kind.hearsWindows ? form.window : nil
    spec.input = input == .spectrogram ? .spectrogram : .audio
    spec.inputSymbols = data.inputSymbols
    spec.isCalibrated = true
    let trainer = Trainer(
      model: spec.makeModel(seed: 3),
      head: data.head,
      settings: TrainingSettings(seed: 3, schedule: RateSchedule(rate: 1e-2))
    )
    try trainer.run(steps: 3, data: data) { _ in }
    return (trainer, data)
  }

  private let music: [Float] = {
    var random = RandomSource(seed: 9).stream(.testData)
    return (0..<3000).map { _ in Float(0.1 * random.normal()) }
  }()

  @Test(
    "read one by one they are those of the middle of a window each",
    arguments: AudioForm.allCases
  )
  func middles(input: AudioForm) throws {
    let (trainer, data) = try listener(input)
    let all = try trainer.probabilities(of: music, in: data, share: 0)
    #expect(all.count == (3000 / 128 + 1) * 128)
    for frame in [0, 7, 23] {
      // The middle frame, 3 of 7, is for sample 512 of the window.
      let batch = data.batch(hearing: music, from: [128 * frame - 512])
      let middle = try trainer.middleFrames(of: batch, monitor: nil).probabilities
      let found = all[frame * 128..<(frame + 1) * 128]
      #expect(zip(middle, found).allSatisfy { abs($0 - $1) < 1e-5 }, "frame \(frame)")
    }
  }

  @Test(
    "networks that answer for some samples of a window are asked for the middle one",
    arguments: [NetworkKind.deepreal, .cgrnn]
  )
  func answers(kind: NetworkKind) throws {
    let (trainer, data) = try listener(.raw, kind)
    let all = try trainer.probabilities(of: music, in: data)
    #expect(all.count == (3000 / 128 + 1) * 128)
    for frame in [0, 7, 23] {
      let batch = data.batch(hearing: music, from: [128 * frame - 512])
      let middle = try trainer.middleFrames(of: batch, monitor: nil).probabilities
      let found = all[frame * 128..<(frame + 1) * 128]
      #expect(zip(middle, found).allSatisfy { abs($0 - $1) < 1e-5 }, "frame \(frame)")
    }
  }

  @Test("many are read out of each window, for the same times", arguments: [0.4, 0.5, 1])
  func shares(share: Double) throws {
    let (trainer, data) = try listener(.spectrogram)
    var told: [Int] = []
    let all = try trainer.probabilities(of: music, in: data, share: share) { told.append($0) }
    #expect(all.count == 24 * 128 && told.last == 24)
    #expect(all.allSatisfy { $0 > 0 && $0 < 1 })
    // The same windows again, each with its frames for the samples that they are told to be of.
    let step = max(1, Int(share * 7))
    let first = (7 - step) / 2
    for frame in stride(from: 0, to: 24, by: step) {
      let batch = data.batch(hearing: music, from: [128 * (frame - first - 1)])
      let logits = try trainer.model.logits(
        of: batch.input,
        layout: batch.layout,
        dropout: nil,
        on: Tape(isRecording: false)
      )
      for offset in 0..<min(step, 24 - frame) {
        let calibration = try #require(trainer.model.calibration)
        let row = (first + offset) * 128
        for note in [0, 60, 127] {
          let z = logits.value.elements[row + note] + NoteLoss.offset
          let x =
            calibration.scale.value.elements[note] * z + calibration.offset.value.elements[note]
          #expect(abs(all[(frame + offset) * 128 + note] - 1 / (1 + exp(-x))) < 1e-5)
        }
      }
    }
    let alone = try trainer.probabilities(of: Array(music[..<200]), in: data, share: share)
    #expect(alone.count == 2 * 128)
  }

  @Test("silence before the first sample and behind the last")
  func silence() throws {
    let (trainer, data) = try listener(.spectrogram)
    let none = try trainer.probabilities(of: [Float](), in: data)
    let zeros = try trainer.probabilities(of: [Float](repeating: 0, count: 127), in: data)
    #expect(none.count == 128 && none == zeros)
  }
}

@Suite("Finding notes")
struct NoteFinderTests {
  /// Probabilities of note 60, as notes from and to a frame.
  private func notes(
    _ values: [Float],
    _ change: (inout NoteFinder) -> Void = { _ in }
  ) -> [[Double]] {
    var finder = NoteFinder()
    finder.leastFrames = 1
    change(&finder)
    var probabilities = [Float](repeating: 0, count: values.count * 128)
    for (frame, value) in values.enumerated() { probabilities[frame * 128 + 60] = value }
    return finder.notes(in: probabilities, frameRate: 1).map {
      #expect($0.pitch == 60)
      return [$0.onset, $0.offset]
    }
  }

  @Test("notes sound from the threshold on, and go on down to the release")
  func thresholds() {
    let values: [Float] = [0, 0.5, 0.9, 0.4, 0.6, 0.2, 0.4, 0, 0.5]
    #expect(notes(values) == [[1, 3], [4, 5], [8, 9]])
    #expect(notes(values) { $0.release = 0.3 } == [[1, 5], [8, 9]])
    #expect(
      notes(values) {
        $0.release = 0.9
        $0.threshold = 0.45
      } == [[1, 3], [4, 5], [8, 9]]
    )
  }

  @Test("short notes are left out, smoothing closes gaps")
  func lengths() {
    let values: [Float] = [0, 0.9, 0, 0, 0.9, 0.9, 0, 0.9, 0.9, 0, 0]
    #expect(notes(values) { $0.leastFrames = 2 } == [[4, 6], [7, 9]])
    #expect(notes(values) { $0.smoothing = 3 } == [[4, 9]])
    #expect(notes([]) == [] && notes([0.9]) == [[0, 1]])
  }

  @Test("the confidence is the mean probability")
  func confidence() {
    var probabilities = [Float](repeating: 0, count: 4 * 128)
    (probabilities[60], probabilities[188]) = (0.6, 0.8)
    var finder = NoteFinder()
    finder.leastFrames = 1
    let found = finder.notes(in: probabilities, frameRate: 10, start: 5)
    #expect(found.count == 1 && abs((found.first?.confidence ?? 0) - 0.7) < 1e-6)
    #expect(found.first?.onset == 5 && found.first?.offset == 5.2)
  }
}
