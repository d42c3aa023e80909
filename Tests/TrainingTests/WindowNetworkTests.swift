import Autograd
import Foundation
import Networks
import Tasks
import Tensors
import TestSupport
import Testing

@testable import Training

/// A file of values that another program computed in double precision: a small network that hears windows.
///
/// The parameters follow from their names, so that the file need not have them; of long gradients it has some values and the
/// norm.
struct WindowReference: CustomTestStringConvertible, Sendable {
  let kind: NetworkKind
  let file: TensorFile

  var testDescription: String { kind.rawValue }

  static let all: [WindowReference] = NetworkKind.ofWindows.compactMap { kind in
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("References/Music/\(kind.rawValue).safetensors")
    guard let data = try? Data(contentsOf: folder), let file = try? TensorFile(parsing: data) else {
      return nil
    }
    return WindowReference(kind: kind, file: file)
  }

  private func integer(_ key: String) throws -> Int {
    try #require(file.metadata[key].flatMap { Int($0) }, "\(key)")
  }

  func trainer() throws -> Trainer {
    var spec = ModelSpec(
      kind,
      maps: try integer("maps"),
      inputSymbols: 0,
      outputSymbols: NoteTargets.notes
    )
    spec.input = .audio
    spec.isCalibrated = true
    spec.window = try integer("window")
    for setting in [ModelSetting.layers, .heads] {
      guard let value = file.metadata[setting.rawValue] else { continue }
      let isSet = spec.set(setting, to: value)
      #expect(isSet, "\(setting)")
    }
    let model = spec.makeModel(seed: 1)
    for (path, parameter) in model.parameters where parameter.role != .statistic {
      parameter.value = Tensor(Self.values(path, parameter.shape), parameter.shape)
    }
    var settings = TrainingSettings(seed: 1, schedule: RateSchedule(rate: 1e-3), keep: 1)
    settings.smoothing = 0.01
    return Trainer(model: model, head: NoteHead(), settings: settings)
  }

  func batch() throws -> Batch {
    let (window, count) = (try integer("window"), try integer("batch"))
    return Batch(
      layout: SequenceLayout(length: window, batch: count),
      audio: try file.tensor("input.audio").elements,
      targets: NoteTargets(
        frames: window / NoteTargets.stride - 1,
        flags: try file.tensor("input.flags").elements.map { UInt8($0) }
      )
    )
  }

  /// The formula of the other program.
  private static func values(_ path: String, _ shape: Shape) -> [Float] {
    let seed = path.utf8.enumerated().reduce(0) { $0 + ($1.offset + 1) * Int($1.element) } % 10007
    let count = shape.count
    return (0..<count).map { i in
      let x = sin(Double(i) * 12.9898 + Double(seed) * 78.233) * 43758.5453
      let u = 2 * (x - x.rounded(.down)) - 1
      if path.hasSuffix(".norm.gain"), path.hasPrefix("convolutions"), isComplex(path, count) {
        return Float(0.2 * u + (i / (count / 3) == 1 ? 0 : 0.7))
      }
      if path.hasSuffix("gain") || path == "calibration.scale" { return Float(1 + 0.2 * u) }
      if shape.dimensions.count == 2 {
        return Float(u * (6 / Double(shape[0] + shape[1])).squareRoot())
      }
      return Float(0.3 * u)
    }
  }

  /// Gains of whitening come in threes; those of real channels here in twos, fours and eights.
  private static func isComplex(_ path: String, _ count: Int) -> Bool { count.isMultiple(of: 3) }
}

@Suite("Networks that hear windows") struct WindowNetworkTests {
  @Test("there are values of each of them")
  func files() {
    #expect(WindowReference.all.map(\.kind) == NetworkKind.ofWindows)
  }

  @Test(
    "logits, losses, gradients and statistics as another program computes them",
    arguments: WindowReference.all
  )
  func values(reference: WindowReference) throws {
    let trainer = try reference.trainer()
    let batch = try reference.batch()
    let file = reference.file
    let tape = Tape(isRecording: false, usesBatchStatistics: true)
    let logits = try trainer.model.logits(
      of: batch.input,
      layout: batch.layout,
      dropout: nil,
      on: tape
    )
    func thinned(_ values: [Float], to count: Int) -> [Float] {
      let step = max(1, values.count / count)
      return stride(from: 0, to: values.count, by: step).map { values[$0] }
    }
    let expected = try file.tensor("logits").elements
    let every7 = logits.value.elements.enumerated().filter { $0.offset % 7 == 0 }.map(\.element)
    expectClose(every7, expected, absolute: 5e-6, relative: 2e-5, "logits")
    let loss = try trainer.computeGradients(batch, step: 1).loss
    let expectedLoss = Double(try file.tensor("loss").elements[0])
    #expect(abs(loss - expectedLoss) < 1e-6)
    for (path, parameter) in trainer.model.parameters {
      let gradient = parameter.gradient.elements
      guard parameter.role != .statistic else {
        let seen = try file.tensor("statistic.\(path)").elements
        let size = seen.map(abs).max() ?? 0
        expectClose(gradient, seen, absolute: 1e-6 + 2e-6 * size, relative: 2e-5, path)
        continue
      }
      let norm = gradient.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      let expectedNorm = Double(try file.tensor("norm.\(path)").elements[0])
      #expect(abs(norm - expectedNorm) <= 1e-4 * expectedNorm + 1e-8, "\(path): \(norm)")
      expectClose(
        thinned(gradient, to: 60),
        try file.tensor("gradient.\(path)").elements,
        absolute: 1e-7 + 3e-5 * Float(expectedNorm),
        relative: 1e-3,
        path
      )
    }
  }

  /// What the papers say; the outputs are 84 notes there where they are 128 here.
  private static let published: [(kind: NetworkKind, window: Int, millions: Double)] = [
    (.deepreal, 4096, 10.0), (.deepcomplex, 4096, 8.8), (.complextransformer, 8192, 11.61),
    (.cgrnn, 8192, 2.36),
  ]

  private static func spec(_ kind: NetworkKind, window: Int, maps: Int? = nil) -> ModelSpec {
    var spec = ModelSpec(kind, maps: maps, inputSymbols: 0, outputSymbols: NoteTargets.notes)
    spec.input = .audio
    spec.isCalibrated = true
    spec.window = window
    return spec
  }

  @Test("as many parameters as published, within a hundredth", arguments: published)
  func count(kind: NetworkKind, window: Int, millions: Double) {
    let model = Self.spec(kind, window: window).outline
    #expect(abs(Double(model.parameterCount) / (millions * 1e6) - 1) < 0.01)
    let rows = model.layerRows(levels: 12)
    #expect(rows.reduce(0) { $0 + $1.parameters } == model.parameterCount)
  }

  private static func trainer(_ kind: NetworkKind, keep: Float = 0.9) -> Trainer {
    Trainer(
      model: spec(kind, window: 2048, maps: 8).makeModel(seed: 3),
      head: NoteHead(),
      settings: TrainingSettings(
        seed: 3,
        schedule: RateSchedule(rate: 3e-3, steps: 200),
        keep: keep
      )
    )
  }

  private static let data: MusicData = {
    var form = MusicForm()
    form.window = 2048
    return MusicData(.notes, form: form, batchSize: 3)
  }()

  @Test("weights are the same bits in parts and with any threads", arguments: NetworkKind.ofWindows)
  func bits(kind: NetworkKind) async {
    await #expect(processExitsWith: .success) { [name = kind.rawValue as String] in
      let kind = try #require(NetworkKind(rawValue: name))
      func weights(threads: Int, parts: [Int]) throws -> String {
        WorkerPool.shared.resize(threads: threads)
        let trainer = Self.trainer(kind)
        for steps in parts { try trainer.run(steps: steps, data: Self.data) { _ in } }
        return trainer.model.digest.hex
      }
      let whole = try weights(threads: 1, parts: [3])
      #expect(try weights(threads: 3, parts: [1, 2]) == whole)
    }
  }

  @Test("learns the notes of a few windows", arguments: NetworkKind.ofWindows)
  func learning(kind: NetworkKind) throws {
    let trainer = Self.trainer(kind, keep: 1)
    let batch = try Self.data.trainingBatch(step: 1, source: RandomSource(seed: 3))
    let first = try trainer.takeStep(batch).loss
    for _ in 0..<60 { _ = try trainer.takeStep(batch) }
    #expect(try trainer.takeStep(batch).loss < 0.8 * first)
    #expect(
      trainer.model.parameters.allSatisfy { $0.parameter.value.elements.allSatisfy(\.isFinite) }
    )
  }

  @Test("moving statistics go a tenth of the way to what was seen, and tests use them")
  func statistics() throws {
    let trainer = Self.trainer(.deepreal, keep: 1)
    let batch = try Self.data.trainingBatch(step: 1, source: RandomSource(seed: 3))
    let path = "convolutions.0.norm.mean"
    let mean = try #require(trainer.model.parameters.first { $0.name == path }?.parameter)
    _ = try trainer.computeGradients(batch, step: 1)
    let seen = mean.gradient.elements
    #expect(seen.contains { $0 != 0 })
    _ = try trainer.takeStep(batch)
    expectClose(mean.value.elements, seen.map { $0 / 10 }, absolute: 1e-7, relative: 1e-5, path)
    let before = try trainer.middleFrames(of: batch, monitor: nil).probabilities
    mean.value = Tensor(mean.value.elements.map { $0 + 1 }, mean.shape)
    #expect(try trainer.middleFrames(of: batch, monitor: nil).probabilities != before)
  }

  @Test("a unitary matrix stays one") func unitary() throws {
    let trainer = Self.trainer(.cgrnn)
    try trainer.run(steps: 20, data: Self.data) { _ in }
    for (path, parameter) in trainer.model.parameters where parameter.role == .unitary {
      let n = parameter.shape[1]
      let values = parameter.value.elements.map(Double.init)
      for i in 0..<n {
        for j in 0..<n {
          var (re, im) = (0.0, 0.0)
          for k in 0..<n {
            let (a, b) = (values[i * n + k], values[(n + i) * n + k])
            let (c, d) = (values[j * n + k], values[(n + j) * n + k])
            re += a * c + b * d
            im += b * c - a * d
          }
          #expect(abs(re - (i == j ? 1 : 0)) < 1e-5 && abs(im) < 1e-5, "\(path) \(i) \(j)")
        }
      }
    }
  }

  /// A matrix, a direction, and (I + A/2)⁻¹ (I − A/2) U as NumPy 2.4.6 has it.
  @Test("a step on the manifold of unitary matrices") func step() {
    var matrix: [Float] = [
      -0.2886894, 0.3048979, 0.474407, 0.1513572, -0.3360792, 0.5232144, -0.198949, 0.5362074,
      -0.2104771, 0.5885098, -0.1302188, -0.4851114, -0.3449684, -0.6861574, -0.0239434, -0.6235557,
      -0.1371154, -0.4700828,
    ]
    let direction: [Float] = [
      -0.19, -0.15, -0.21, 0.17, -0.02, -0.18, 0.12, 0.25, -0.49, -0.08, -0.29, -0.05, -0.39, 0.01,
      -0.01, -0.09, -0.31, -0.12,
    ]
    let expected: [Float] = [
      0.1706042, 0.4199033, 0.4880861, -0.1164244, -0.2420887, 0.6471101, -0.3528079, 0.1537853,
      0.5002695, 0.5656173, 0.4813715, -0.0685994, 0.2335337, -0.6733911, 0.0330671, -0.6770564,
      0.2371711, -0.2948759,
    ]
    var work = [Double](repeating: 0, count: 36)
    kernels.unitary_step(3, direction, &matrix, &work)
    expectClose(matrix, expected, absolute: 1e-6, relative: 1e-6, "the matrix")
  }

  @Test("windows that are too short, and other data, are refused")
  func refused() {
    #expect(Self.spec(.deepreal, window: 512).dataFlaw != nil)
    #expect(Self.spec(.deepreal, window: 1024).dataFlaw == nil)
    #expect(ModelSpec(.deepcomplex, inputSymbols: 12, outputSymbols: 12).dataFlaw != nil)
    var symbols = Self.spec(.deepcomplex, window: 1024)
    symbols.input = .symbols
    #expect(symbols.dataFlaw != nil)
    #expect(ModelSpec(.rse, inputSymbols: 12, outputSymbols: 12).dataFlaw == nil)
  }
}
