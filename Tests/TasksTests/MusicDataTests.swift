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
    for (index, id) in ids.enumerated()
    where !FileManager.default.fileExists(
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

  private func flags(_ batch: Batch) -> NoteTargets {
    batch.targets(of: NoteTargets.self)
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
    #expect(audio(later).count == 3 * 512 && flags(later).frames == 3)
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

  @Test("training, validation and tests hear other windows at each step and place")
  func disjointUses() throws {
    let data = notes()
    let source = RandomSource(seed: 4)
    func windows(_ batch: Batch) -> [[Float]] {
      let samples = audio(batch)
      return stride(from: 0, to: samples.count, by: 512).map { Array(samples[$0..<$0 + 512]) }
    }
    let training = try (0..<6).flatMap {
      windows(try data.trainingBatch(step: $0, source: source))
    }
    let held = try [MusicNetSplit.Role.validation, .test].flatMap { role in
      let music = try #require(data.heldOut(role).first)
      // The first ones have the step and the example of a window of the training.
      return windows(data.batch(of: music, [0, 1, 2, 16, 17, 18, 32, 33], source: source))
    }
    let all = (training + held).filter { $0.contains { $0 != 0 } }
    #expect(Set(all).count == all.count && all.count > 24)
  }

  @Test("a validation hears another excerpt of made-up music than a test")
  func disjointExcerpts() throws {
    let data = notes()
    let excerpts = try [MusicNetSplit.Role.validation, .test].map { role in
      let music = try #require(data.heldOut(role).first)
      return data.excerpt(of: music, from: 0, seconds: 2, source: RandomSource(seed: 4)).notes
    }
    #expect(excerpts[0] != excerpts[1])
  }

  @Test("each place of a batch is moved by semitones and made louder for itself")
  func disjointChanges() throws {
    let source = RandomSource(seed: 4)
    let (plain, louder) = (notes(), notes { $0.gain = 20 })
    var gains: Set<Float> = []
    var count = 0
    for step in 1...4 {
      let before = audio(try plain.trainingBatch(step: step, source: source))
      let after = audio(try louder.trainingBatch(step: step, source: source))
      for place in 0..<3 {
        let range = place * 512..<(place + 1) * 512
        guard let loud = range.max(by: { abs(before[$0]) < abs(before[$1]) }), before[loud] != 0
        else { continue }
        count += 1
        gains.insert(((after[loud] / before[loud]) * 1000).rounded())
      }
    }
    #expect(count > 8 && gains.count == count, "\(gains)")
  }

  @Test("a spectrum is that of the samples, of twice as many with the labels of the middle ones")
  func fourier() throws {
    let source = RandomSource(seed: 4)
    let raw = notes { $0.window = 1024 }
    let whole = notes {
      $0.window = 1024
      $0.input = .fourier
    }
    let double = notes {
      $0.input = .fourier
      $0.multiplier = 2
    }
    let samples = audio(try raw.trainingBatch(step: 1, source: source))
    let spectra = try whole.trainingBatch(step: 1, source: source)
    expectClose(
      [audio(spectra)[0]],
      [samples[..<1024].reduce(0, +)],
      absolute: 1e-3,
      "the coefficient of frequency 0"
    )
    let halves = try double.trainingBatch(step: 1, source: source)
    #expect(halves.layout == SequenceLayout(length: 512, batch: 3))
    #expect(Array(audio(halves)[..<512]) == Array(audio(spectra)[..<512]))
    let (all, middle) = (flags(spectra), flags(halves))
    #expect(all.frames == 7 && middle.frames == 3)
    // Frame i is for sample 256 + 128 (i + 1) of the long window.
    for frame in 0..<3 { #expect(middle.flags(ofFrame: frame) == all.flags(ofFrame: frame + 2)) }
  }

  @Test("a spectrogram has a row for each frame; transposing moves it with its notes")
  func spectrogram() throws {
    let source = RandomSource(seed: 4)
    let (plain, moved) = (
      notes { $0.input = .spectrogram },
      notes {
        $0.input = .spectrogram
        $0.transpose = 3
      }
    )
    let (a, b) = (
      try plain.trainingBatch(step: 1, source: source),
      try moved.trainingBatch(step: 1, source: source)
    )
    #expect(a.layout == SequenceLayout(length: 4, batch: 3) && a.layout == b.layout)
    #expect(audio(a).count == 3 * 4 * Spectrogram.features)
    let (before, after) = (flags(a), flags(b))
    #expect(before.frames == 3 && before.samples == 512)
    let size = 3 * NoteTargets.notes
    var shifts: Set<Int> = []
    for window in 0..<3 {
      let old = Array(before.flags[window * size..<(window + 1) * size])
      let new = Array(after.flags[window * size..<(window + 1) * size])
      // Nothing is near the ends of the range, so moving the notes moves all flags.
      let shift = try #require(
        (-3...3).first { shift in
          new == old.indices.map { old.indices.contains($0 - shift) ? old[$0 - shift] : 0 }
        }
      )
      shifts.insert(shift)
      let values = 4 * Spectrogram.features
      let (x, y) = (
        audio(a)[window * values..<(window + 1) * values],
        audio(b)[window * values..<(window + 1) * values]
      )
      #expect((Array(x) == Array(y)) == (shift == 0))
    }
    #expect(shifts != [0])
    let music = try #require(plain.heldOut(.test).first)
    #expect(
      audio(plain.batch(of: music, 0..<2, source: source))
        == audio(moved.batch(of: music, 0..<2, source: source))
    )
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
    let targets = flags(first)
    // The labels begin at 1.5 s: silence in the first window, the tone in the last.
    #expect(Array(targets.flags(ofFrame: 3).prefix(128)).allSatisfy { $0 == 0 })
    let sounding = Array(targets.flags(ofFrame: 3).suffix(128)).enumerated().filter {
      $0.element != 0
    }
    #expect(sounding.map(\.offset) == [62])
    let batch = try data.trainingBatch(step: 1, source: RandomSource(seed: 1))
    let frame = flags(batch).flags(ofFrame: 3)
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

  /// A file of windows as the released code writes it: the number of a window as its values, and one note.
  private func writeWindows(_ count: Int, _ window: Int, _ name: String) throws {
    var values: [Float] = []
    for number in 0..<count {
      values += [Float](repeating: Float(number), count: window)
      var labels = [Float](repeating: 1, count: window)
      labels[128 + 60 + number] = 2
      values += labels
    }
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(count), 2, \(window)), }"
    header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
    var bytes = Data([0x93] + Array("NUMPY".utf8) + [1, 0])
    bytes += [UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)] + Array(header.utf8)
    values.withUnsafeBytes { bytes += $0 }
    try bytes.write(to: URL(fileURLWithPath: folder(name)))
  }

  @Test("windows that the released code has cut are read, of the form that is asked for")
  func windowFiles() throws {
    try writeWindows(5, 512, "musicnet_fourier2_train_512.npy")
    try writeWindows(3, 512, "musicnet_fourier2_test_512.npy")
    var form = MusicForm()
    form.window = 512
    form.path = folder.path
    #expect(throws: DataFault.self) { try WindowFiles(folder: folder.path, form: form) }
    form.input = .fourier
    form.multiplier = 2
    let files = try #require(try WindowFiles(folder: folder.path, form: form))
    let data = MusicData(.windows(files), form: form, batchSize: 4)
    #expect(data.trainingCount == 5 && data.hasExamples && data.heldOut(.validation).isEmpty)
    let test = try #require(data.heldOut(.test).first)
    let batch = data.batch(of: test, [2, 0], source: RandomSource(seed: 1))
    #expect(test.windows == 3 && audio(batch)[0] == 2 && audio(batch)[512] == 0)
    // The note is in the second frame, the middle one of three.
    let middle = flags(batch).flags(ofFrame: 1)
    #expect(middle.indices.filter { middle[$0] == 1 } == [62, 128 + 60])
    let training = try data.trainingBatch(step: 1, source: RandomSource(seed: 1))
    #expect(Set(audio(training)).isSubset(of: [0, 1, 2, 3, 4]))
    try writeWindows(2, 256, "musicnet_fourier2_validation_512.npy")
    #expect(throws: DataFault.self) { try WindowFiles(folder: folder.path, form: form) }
    #expect(try WindowFiles(folder: folder("nowhere"), form: form) == nil)
  }

  @Test("data without files can be described, but have nothing to train or test on")
  func missing() {
    var form = MusicForm()
    form.path = "nowhere"
    let data = MusicData(.missing, form: form, batchSize: 2)
    #expect(!data.hasExamples && !data.hasHeldOutExamples && data.name == "musicnet")
  }
}
