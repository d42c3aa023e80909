import Autograd
import Foundation
import Networks
import Tasks
import Tensors
import Testing
import Wiring

@testable import Training

/// A file of reference values: its configuration, its batch, and what must come out.
struct GoldenFile: CustomTestStringConvertible {
  let name: String
  let file: TensorFile

  var testDescription: String { name }

  /// Every safetensors file below the folder, by path.
  static func all(in folder: URL) throws -> [GoldenFile] {
    guard let paths = FileManager.default.enumerator(atPath: folder.path) else { return [] }
    return try paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".safetensors") }.sorted()
      .map { path in
        let data = try Data(contentsOf: folder.appendingPathComponent(path))
        return GoldenFile(name: path, file: try TensorFile(parsing: data))
      }
  }

  /// The folder that `RSE_GOLDENS_DIR` names, or the copy beside these tests.
  static var folder: URL {
    if let path = ProcessInfo.processInfo.environment["RSE_GOLDENS_DIR"] {
      return URL(fileURLWithPath: path)
    }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Goldens")
  }

  /// Why this file cannot be checked yet; nil if it can.
  var skipReason: String? {
    let hasInput = file.entries.keys.contains { $0 == "input.x" || $0 == "input.x.0" }
    guard hasInput else { return "it holds no input" }
    let task = file.metadata["task"] ?? "without a name"
    guard isMusic || isPointing || TaskCatalog.task(named: task) != nil else {
      return "the task \(task) does not exist yet"
    }
    let network = file.metadata["network"] ?? "without a name"
    guard Self.networks[network] != nil else {
      return "the network \(network) does not exist yet"
    }
    return nil
  }

  private static let networks: [String: (kind: NetworkKind, tying: Tying)] = [
    "shuffle_exchange_network_heavy_sharing": (.rse, .shared),
    "shuffle_exchange_network": (.rse, .plain), "neural_shuffle_exchange": (.se, .shared),
  ]

  /// Whether notes are found in audio.
  var isMusic: Bool { file.metadata["task"] == "musicnet" }

  /// Whether an answer is pointed at.
  var isPointing: Bool { file.metadata["task"] == LambadaData.name }

  func integer(_ key: String) throws -> Int {
    guard let value = file.metadata[key].flatMap(Int.init) else {
      throw TensorFileError.badHeader("no whole number `\(key)` in the metadata of \(name)")
    }
    return value
  }

  func number(_ key: String) throws -> Double {
    guard let value = file.metadata[key].flatMap(Double.init) else {
      throw TensorFileError.badHeader("no number `\(key)` in the metadata of \(name)")
    }
    return value
  }

  /// How far a parameter may be off after ten steps. A constant does not change a softmax over positions: the
  /// gradient of the output's bias is nothing but rounding there, which the optimizer magnifies.
  func tolerance(of parameter: String) -> Float {
    isPointing && parameter == "output.bias" ? 1e-4 : tolerances.parameters
  }

  /// The form of the file's model.
  func spec() throws -> ModelSpec {
    let (kind, tying) = Self.networks[file.metadata["network"] ?? ""] ?? (.rse, .shared)
    var spec = ModelSpec(
      kind,
      maps: try integer("n_hidden"),
      inputSymbols: isMusic ? 0 : try integer("n_input"),
      outputSymbols: try integer("n_output")
    )
    if isMusic {
      spec.input = .audio
      spec.isCalibrated = true
    }
    spec.blocks = try integer("n_Benes_blocks")
    spec.tying = tying
    return spec
  }

  /// How far parameters may be off after ten steps, and gradients near zero.
  ///
  /// The gated network has small gradients, and its values were reproduced more closely.
  var tolerances: (parameters: Float, gradientFloor: Float) {
    file.metadata["network"] == "neural_shuffle_exchange" ? (2e-6, 1e-7) : (2e-5, 1e-6)
  }

  /// A model of the file's configuration with the file's initial values.
  func makeModel() throws -> any SequenceModel {
    let model = try spec().outline
    for (path, parameter) in model.parameters {
      parameter.value = try file.tensor(variable(path)).reshaped(to: parameter.shape)
    }
    return model
  }

  func makeTrainer(_ model: any SequenceModel) throws -> Trainer {
    var settings = TrainingSettings(
      releasedWith: try spec().network,
      seed: 1,
      schedule: RateSchedule(
        rate: try number("initial_learning_rate"),
        steps: try integer("training_iters"),
        warmup: (try? integer("num_warmup_steps")) ?? 0
      ),
      keep: 1
    )
    settings.smoothing = Float(try number("label_smoothing"))
    let head: any Head =
      if isMusic { NoteHead() } else if isPointing { PointerHead() } else { SymbolHead() }
    return Trainer(
      model: model,
      head: head,
      settings: settings
    )
  }

  func variable(_ path: String) throws -> String {
    guard let variable = ReleasedNames.variable(for: path, of: try spec()) else {
      throw TensorFileError.missingTensor(path)
    }
    return variable
  }

  /// The suffixes of the bins' tensors, in the order of the layout (longest first).
  var binSuffixes: [String] {
    file.entries["input.x"] != nil ? [""] : [".1", ".0"]
  }

  func makeBatch() throws -> Batch {
    if isMusic { return try makeMusicBatch() }
    var sizes: [(length: Int, batch: Int)] = []
    var inputs: [Int32] = []
    var labels: [Int32] = []
    for suffix in binSuffixes {
      let shape = file.entries["input.x\(suffix)"]?.shape ?? []
      sizes.append((length: shape[1], batch: shape[0]))
      inputs += try file.integers("input.x\(suffix)").map(Int32.init)
      labels += try file.integers("input.y\(suffix)").map(Int32.init)
    }
    let layout = SequenceLayout(sizes)
    return isPointing
      ? Batch(layout: layout, text: .symbols(inputs), answers: labels)
      : Batch(layout: layout, inputs: inputs, labels: labels)
  }

  /// Frames of 128 labels each, 2 where a note sounds, and zeros behind them.
  private func makeMusicBatch() throws -> Batch {
    let shape = file.entries["input.x"]?.shape ?? []
    let (windows, length) = (shape[0], shape[1])
    let (stride, notes) = (NoteTargets.stride, NoteTargets.notes)
    let frames = length / stride - 1
    let labels = try file.integers("input.y")
    let flags = (0..<windows).flatMap { window -> [UInt8] in
      labels[window * length..<window * length + frames * notes].map { $0 == 2 ? 1 : 0 }
    }
    return Batch(
      layout: SequenceLayout(length: length, batch: windows),
      audio: try file.tensor("input.x").elements,
      targets: NoteTargets(frames: frames, flags: flags)
    )
  }

  /// Tensors of all bins, one after another.
  func joined(_ name: String) throws -> [Float] {
    try binSuffixes.flatMap { try file.tensor(name + $0).elements }
  }
}

extension TensorFile {
  /// The whole numbers of that name, of 64 bits.
  func integers(_ name: String) throws -> [Int64] {
    let entry = try #require(entries[name])
    try #require(entry.type == .int64)
    return entry.bytes.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 8).map {
        Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: Int64.self))
      }
    }
  }
}
