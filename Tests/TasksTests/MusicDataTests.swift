import Audio
import Foundation
import Tensors
import TestSupport
import Testing

@testable import Tasks

@Suite("Windows of music")
struct MusicDataTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func notes(_ change: (inout MusicForm) -> Void = { _ in }) -> MusicData {
    var form = MusicForm()
    form.window = 512
    change(&form)
    return MusicData(.notes, form: form, batchSize: 3)
  }

  /// Tones of two seconds each, and their labels, as recordings of the published layout.
  private func recordings(_ ids: [String]) throws -> MusicNetSet {
    for part in ["train_data", "train_labels"] {
      try FileManager.default.createDirectory(
        atPath: folder(part),
        withIntermediateDirectories: true
      )
    }
    for (index, id) in ids.enumerated() where !FileManager.default.fileExists(
      atPath: folder("train_data/\(id).wav")
    ) {
      let pitch = 60 + index
      let tone = WaveFile.tone(Pitch.frequency(Double(pitch)), seconds: 3)
      _ = try WaveFile(tone).write(to: "train_data/\(id).wav", in: folder)
      try folder.write(
        """
        start_time,end_time,instrument,note,start_beat,end_beat,note_value
        66150,132300,1,\(pitch),0,1,Quarter

        """,
        to: "train_labels/\(id).csv"
      )
    }
    return try MusicNetSet(path: folder.path, cache: SampleCache(folder: folder("cache")))
  }

  private func audio(_ batch: Batch) -> [Float] {
    guard case .audio(let audio) = batch.input else { return [] }
    return audio
  }

  private func flags(_ batch: Batch) -> NoteTargets? {
    guard case .notes(let targets) = batch.targets else { return nil }
    return targets
  }

  @Test("training batches are functions of the seed and the step, in any order")
  func functions() throws {
    let (first, second) = (notes(), notes())
    let source = RandomSource(seed: 4)
    let later = try first.trainingBatch(step: 9, source: source)
    _ = try second.trainingBatch(step: 2, source: source)
    let again = try second.trainingBatch(step: 9, source: source)
    #expect(audio(later) == audio(again) && flags(later) == flags(again))
    #expect(audio(try first.trainingBatch(step: 10, source: source)) != audio(later))
    let other = try first.trainingBatch(step: 9, source: RandomSource(seed: 5))
    #expect(audio(other) != audio(later))
    #expect(audio(later).count == 3 * 512 && flags(later)?.frames == 3)
  }

  @Test("tests hear other music than trainings, the same each time")
  func heldOut() throws {
    let data = notes()
    let music = try #require(data.heldOut(.test).first)
    let source = RandomSource(seed: 4)
    let batch = data.batch(of: music, 0..<5, source: source)
    #expect(audio(batch) == audio(notes().batch(of: music, 0..<5, source: source)))
    let last = data.batch(of: music, 4..<5, source: source)
    #expect(Array(audio(batch).suffix(512)) == audio(last))
    let training = audio(try data.trainingBatch(step: 1, source: source))
    #expect(Set(training).isDisjoint(with: Set(audio(batch)).subtracting([0])))
  }

  @Test("a spectrum is that of the samples, multiplied")
  func fourier() throws {
    let (raw, fourier) = (
      notes(),
      notes {
        $0.input = .fourier
        $0.multiplier = 0.5
      }
    )
    let source = RandomSource(seed: 4)
    let samples = audio(try raw.trainingBatch(step: 1, source: source))
    let coefficients = audio(try fourier.trainingBatch(step: 1, source: source))
    #expect(coefficients.count == samples.count)
    let sum = samples[..<512].reduce(0, +)
    expectClose([coefficients[0]], [0.5 * sum], absolute: 1e-4, "the mean")
    #expect(coefficients[1] == 0)
  }

  @Test("changes of training windows leave the notes and tests alone")
  func augmentation() throws {
    let (plain, changed) = (notes(), notes { $0.gain = 6 })
    let source = RandomSource(seed: 4)
    let (a, b) = (
      try plain.trainingBatch(step: 1, source: source),
      try changed.trainingBatch(step: 1, source: source)
    )
    #expect(audio(a) != audio(b) && flags(a) == flags(b))
    let music = try #require(plain.heldOut(.test).first)
    #expect(
      audio(plain.batch(of: music, 0..<2, source: source))
        == audio(changed.batch(of: music, 0..<2, source: source))
    )
  }

  @Test("of recordings the first second is left out, and labels are those of the time")
  func recordings() throws {
    let set = try recordings(["1", "2131", "2303"])
    var form = MusicForm()
    form.window = 1024
    form.path = folder.path
    let data = MusicData(.recordings(set), form: form, batchSize: 40)
    // 3 s of 11,000 samples: from the first second on every 512th window, and in tests every 128th.
    #expect(data.trainingCount == (33_000 - 11_000 - 1024) / 512 + 1)
    let test = try #require(data.heldOut(.test).first)
    #expect(test.name == "2303" && test.windows == (33_000 - 11_000 - 1024) / 128 + 1)
    #expect(data.heldOut(.validation).map(\.name) == ["2131"])
    let first = data.batch(of: test, [0, (test.windows ?? 1) - 1], source: RandomSource(seed: 1))
    let targets = try #require(flags(first))
    // The labels begin at 1.5 s: silence in the first window, the tone in the last.
    #expect(Array(targets.flags(ofFrame: 3).prefix(128)).allSatisfy { $0 == 0 })
    let sounding = Array(targets.flags(ofFrame: 3).suffix(128)).enumerated().filter { $0.element != 0 }
    #expect(sounding.map(\.offset) == [62])
    let batch = try data.trainingBatch(step: 1, source: RandomSource(seed: 1))
    let frame = try #require(flags(batch)).flags(ofFrame: 3)
    let share = frame.reduce(0) { $0 + Int($1) }
    #expect(share > 10 && share < 40, "three quarters of the windows sound")
    let (samples, notes) = data.excerpt(
      of: test,
      from: 1,
      seconds: 1,
      source: RandomSource(seed: 1)
    )
    #expect(samples.count == 11_000 && notes.map(\.pitch) == [62])
    #expect(abs((notes.first?.onset ?? 0) - 0.5) < 1e-9 && notes.first?.offset == 1)
  }

  @Test("data without files can be described, but have nothing to train or test on")
  func missing() {
    var form = MusicForm()
    form.path = "nowhere"
    let data = MusicData(.missing, form: form, batchSize: 2)
    #expect(!data.hasExamples && !data.hasHeldOutExamples && data.name == "musicnet")
  }
}
