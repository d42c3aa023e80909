@testable import Tensors
import Testing

@testable import Tasks

/// What a process draws of a batch that several share.
@Suite("Parts of training batches of music")
struct BatchPartTests {
  private let source = RandomSource(seed: 4)

  /// Examples alone, as groups of a batch.
  private func examples(_ layout: SequenceLayout, _ range: Range<Int>) -> [ExampleGroup] {
    let length = layout.segments[0].length
    return range.map { example in
      ExampleGroup(
        segment: 0,
        examples: example..<example + 1,
        rows: example * length..<(example + 1) * length,
        layout: SequenceLayout(length: length, batch: 1)
      )
    }
  }

  private func expectSame<Targets: SequenceTargets & Equatable>(
    _ whole: Batch,
    _ part: Batch,
    _ range: Range<Int>,
    _: Targets.Type
  ) {
    #expect(part.layout == whole.layout)
    for group in examples(whole.layout, range) {
      let (expected, own) = (whole.part(group), part.part(group))
      #expect(own.input.audio == expected.input.audio)
      #expect(own.targets(of: Targets.self) == expected.targets(of: Targets.self))
      #expect(own.weights == expected.weights && own.layout == expected.layout)
    }
  }

  @Test("are those of the whole batch", arguments: [0..<1, 1..<4, 4..<5])
  func notes(_ range: Range<Int>) throws {
    for input in [AudioForm.raw, .spectrogram] {
      var form = MusicForm()
      form.window = 1024
      form.input = input
      form.gain = 20
      if input == .spectrogram { form.transpose = 2 }
      let data = MusicData(.notes, form: form, batchSize: 5)
      let whole = try data.trainingBatch(step: 3, source: source)
      let part = try data.trainingBatch(range, step: 3, source: source, interruption: nil)
      #expect(part.input.audio.count * 5 == whole.input.audio.count * range.count)
      expectSame(whole, part, range, NoteTargets.self)
    }
  }

  @Test("are those of the whole batch, of performances", arguments: [0..<1, 1..<4, 4..<5])
  func performances(_ range: Range<Int>) throws {
    var form = PerformanceForm()
    form.window = 2048
    form.transpose = 2
    form.pitch = 0.2
    form.noise = 30
    let data = PerformanceData(.made, form: form, batchSize: 5)
    let whole = try data.trainingBatch(step: 3, source: source)
    let part = try data.trainingBatch(range, step: 3, source: source, interruption: nil)
    #expect(part.input.audio.count * 5 == whole.input.audio.count * range.count)
    expectSame(whole, part, range, PlayingTargets.self)
  }
}
