import Autograd
import Files
import Foundation
import Networks
import Tasks
import Tensors

extension Checkpoint {
  private static let version = "1"
  private static let meanPrefix = "optimizer.mean."
  private static let variancePrefix = "optimizer.variance."
  /// A bound on settings that no sensible model exceeds; larger values are rejected before anything is allocated.
  private static let largestAlphabet = 1 << 24

  /// The precision of written parameters.
  package enum Precision: String, CaseIterable, Sendable {
    /// All 32 bits.
    case single
    /// 16 bits, of which 11 are significant; the optimizer's moments are left out.
    case half
  }

  private static let secondsName = "log.seconds"

  /// The metadata keys that are not options of the data.
  private static let ownKeys: Set<String> =
    Set([
      "rse_checkpoint", "network", "name", "input", "calibrated", "input_symbols", "output_symbols",
      "window", "task", "lengths", "batch", "seed", "step", "rate", "schedule", "warmup", "keep",
      "smoothing", "loss",
      "clipping", "run", "moments", "content",
    ]).union(ModelSetting.allCases.map(\.rawValue))

  /// The name prefixes of arrays that are neither parameters nor arrays of the data.
  private static let ownPrefixes = [meanPrefix, variancePrefix, "log."]

  /// Returns the file of this state, which shares the memory of its arrays.
  ///
  /// Equal states yield equal bytes, except for the seconds of the steps. These stay out of the content digest, and out
  /// of files without moments, which are passed on rather than resumed.
  ///
  /// - Parameters:
  ///   - withMoments: true if a training can be resumed from it, bit-identical.
  ///   - precision: the precision of the parameters.
  package func file(withMoments: Bool = true, precision: Precision = .single) -> TensorFile {
    var file = TensorFile()
    let hasMoments = withMoments && hasMoments && precision == .single
    for (index, (name, value)) in parameters.enumerated() {
      switch precision {
      case .single: file.add(value, named: name)
      case .half: file.addHalf(value, named: name)
      }
      guard hasMoments else { continue }
      file.add(moments[index].mean, named: Self.meanPrefix + name)
      file.add(moments[index].variance, named: Self.variancePrefix + name)
    }
    if !validations.isEmpty {
      file.add(validations.map { Double($0.step) }, named: "log.validation_step")
      file.add(validations.map(\.loss), named: "log.validation_loss")
      file.add(validations.map(\.accuracy), named: "log.validation_accuracy")
    }
    file.add(log.map(\.loss), named: "log.loss")
    file.add(log.map(\.accuracy), named: "log.accuracy")
    file.add(log.map(\.rate), named: "log.rate")
    file.metadata = [
      "rse_checkpoint": Self.version, "network": spec.network.rawValue, "name": name,
      "input_symbols": String(spec.inputSymbols), "output_symbols": String(spec.outputSymbols),
      "task": data.task, "lengths": data.bins.map(String.init).joined(separator: ","),
      "batch": String(data.batchSize), "seed": String(settings.seed), "step": String(step),
      "rate": String(settings.schedule.rate), "schedule": String(settings.schedule.steps),
      "warmup": String(settings.schedule.warmup), "keep": String(settings.keep),
      "smoothing": String(settings.smoothing), "loss": settings.loss.rawValue,
      "clipping": String(settings.clipping),
    ]
    for setting in spec.settings { file.metadata[setting.rawValue] = spec[setting] }
    if let window = spec.window { file.metadata["window"] = String(window) }
    if spec.input != .symbols { file.metadata["input"] = spec.input.rawValue }
    if spec.isCalibrated != spec.input.isHeard {
      file.metadata["calibrated"] = String(spec.isCalibrated)
    }
    if let run { file.metadata["run"] = run }
    file.metadata.merge(data.options) { own, _ in own }
    file.entries.merge(data.arrays) { own, _ in own }
    if !hasMoments { file.metadata["moments"] = "false" }
    let seconds = log.compactMap(\.seconds)
    if hasMoments, seconds.count == log.count { file.add(seconds, named: Self.secondsName) }
    file.metadata["content"] = Self.digest(of: file)
    return file
  }

  /// Returns the digest of the parameters as a file of this state stores them.
  ///
  /// - Throws: `TensorFileError`.
  package func digest(ofWeightsIn file: TensorFile) throws -> Digest {
    var stream = DigestStream()
    for (name, _) in parameters { stream.update(name, try file.tensor(name)) }
    return stream.digest
  }

  /// Returns the bytes that the training in a file takes with values, gradients and moments, before any of them is
  /// allocated.
  package static func stateBytes(of file: TensorFile) -> Double {
    file.entries.reduce(0.0) { sum, entry in
      let (name, array) = entry
      let isMoment = name.hasPrefix(meanPrefix) || name.hasPrefix(variancePrefix)
      // The log has 64-bit numbers; words and their vectors are bytes.
      guard !isMoment, array.type.isFloat, !name.hasPrefix("log.") else {
        return sum + (isMoment ? 0 : Double(array.bytes.count))
      }
      return sum + 16 * Double(array.bytes.count / array.type.size)
    }
  }

  /// Reads a file's bytes.
  ///
  /// - Throws: `TensorFileError`, or a `CheckpointError` that names the problem.
  package init(parsing bytes: Data) throws {
    try self.init(TensorFile(parsing: bytes))
  }

  /// Reads the contents of a file.
  ///
  /// - Parameters:
  ///   - networks: the networks that its model may use.
  ///   - acceptsChanges: true if its numbers may differ from those that were written.
  /// - Throws: as `init(parsing:)`.
  package init(
    _ file: TensorFile,
    networks: [NetworkKind] = NetworkKind.allCases,
    acceptsChanges: Bool = false
  ) throws {
    let metadata = Metadata(values: file.metadata)
    guard let version = file.metadata["rse_checkpoint"] else {
      throw CheckpointError.notACheckpoint
    }
    guard version == Self.version else { throw CheckpointError.newerVersion(version) }
    name = file.metadata["name"] ?? "rse"
    let network = try metadata.parsed("network") { name in
      networks.first { $0.rawValue == name }
    }
    var spec = ModelSpec(
      network,
      inputSymbols: try metadata.integer("input_symbols", in: 0...Self.largestAlphabet),
      outputSymbols: try metadata.integer("output_symbols", in: 1...Self.largestAlphabet)
    )
    if file.metadata["input"] != nil { spec.input = try metadata.choice("input") }
    // Files without this key have one of the first heads: notes of audio, calibrated, or symbols.
    spec.isCalibrated =
      try file.metadata["calibrated"].map { _ in try metadata.parsed("calibrated") { Bool($0) } }
      ?? spec.input.isHeard
    guard spec.input == .audio || spec.inputSymbols > 0 else {
      throw CheckpointError.badMetadata(key: "input_symbols", value: "0")
    }
    spec.halting =
      network.settings.contains(.halting) && file.metadata[ModelSetting.halting.rawValue] != nil
    for setting in spec.settings {
      let text = file.metadata[setting.rawValue]
      guard let text, spec.set(setting, to: text) else {
        throw CheckpointError.badMetadata(key: setting.rawValue, value: text)
      }
    }
    if network.hearsWindows {
      spec.window = try metadata.integer("window", in: 1...SymbolData.largestLength)
    }
    guard spec.flaw == nil, spec.dataFlaw == nil else { throw CheckpointError.otherForm }
    self.spec = spec
    settings = TrainingSettings(
      seed: try metadata.parsed("seed") { UInt64($0) },
      schedule: RateSchedule(
        rate: try metadata.parsed("rate") { Double($0).flatMap { $0 > 0 && $0 <= 1 ? $0 : nil } },
        steps: try metadata.integer("schedule", in: 1...Int.max),
        warmup: try metadata.integer("warmup", in: 0...Int.max)
      ),
      keep: try metadata.parsed("keep") { Float($0).flatMap { $0 > 0 && $0 <= 1 ? $0 : nil } },
      smoothing: try metadata.parsed("smoothing") {
        Float($0).flatMap { $0 >= 0 && $0 < 1 ? $0 : nil }
      },
      // Files of the first version lack both.
      loss: try file.metadata["loss"].map { _ in try metadata.choice("loss") } ?? .weighted,
      clipping: try file.metadata["clipping"].map { _ in
        try metadata.parsed("clipping") { Bool($0) }
      } ?? true
    )
    data = DataDescription(
      task: try metadata.parsed("task") { $0 },
      bins: try metadata.parsed("lengths") { text in
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        let bins = words.compactMap { Int($0) }
        let isValid = bins.allSatisfy {
          $0 >= 4 && $0 <= SymbolData.largestLength && $0 & ($0 - 1) == 0
        }
        return isValid && bins.count == words.count && Set(bins).count == bins.count ? bins : nil
      },
      batchSize: try metadata.integer("batch", in: 1...SymbolData.largestBatch)
    )
    step = try metadata.integer("step", in: 0...Int.max)
    let losses = try file.numbers("log.loss")
    let accuracies = try file.numbers("log.accuracy")
    let rates = try file.numbers("log.rate")
    for (name, column) in [("loss", losses), ("accuracy", accuracies), ("rate", rates)] {
      guard column.count == step else { throw CheckpointError.wrongCount(name: name) }
    }
    let seconds = try Self.seconds(in: file, count: step)
    log = losses.indices.map {
      StepRecord(
        step: $0 + 1,
        loss: losses[$0],
        accuracy: accuracies[$0],
        rate: rates[$0],
        seconds: seconds?[$0]
      )
    }
    validations = try Self.validations(in: file, upTo: step)
    run = file.metadata["run"]
    hasMoments = file.metadata["moments"] != "false"
    parameters = []
    moments = []
    for (name, shape) in spec.parameterShapes {
      parameters.append((name, try Self.tensor(name, shape, in: file)))
      guard hasMoments else {
        moments.append(RAdam.Moments(mean: Tensor(zeros: shape), variance: Tensor(zeros: shape)))
        continue
      }
      moments.append(
        RAdam.Moments(
          mean: try Self.tensor(Self.meanPrefix + name, shape, in: file),
          variance: try Self.tensor(Self.variancePrefix + name, shape, in: file)
        )
      )
    }
    // Options and arrays that are not the checkpoint's own belong to the data.
    data.options = file.metadata.filter { !Self.ownKeys.contains($0.key) }
    let names = Set(parameters.map(\.name))
    data.arrays = file.entries.filter { name, _ in
      !names.contains(name) && !Self.ownPrefixes.contains { name.hasPrefix($0) }
    }
    integrity =
      switch file.metadata["content"] {
      case nil: .unknown
      case Self.digest(of: file): .whole
      default: .changed
      }
    guard integrity != .changed || acceptsChanges else { throw CheckpointError.changed }
  }

  /// Returns the seconds of the steps; nil for files of trainings that were not timed.
  private static func seconds(in file: TensorFile, count: Int) throws -> [Double]? {
    guard file.entries[secondsName] != nil else { return nil }
    let seconds = try file.numbers(secondsName)
    guard seconds.count == count else { throw CheckpointError.wrongCount(name: "seconds") }
    guard seconds.allSatisfy({ $0 >= 0 && $0.isFinite }) else { throw CheckpointError.damaged }
    return seconds
  }

  /// Returns the digest of all arrays in the order of their names, except for the step times.
  private static func digest(of file: TensorFile) -> String {
    var stream = DigestStream()
    for (name, entry) in file.entries.sorted(by: { $0.key < $1.key }) where name != secondsName {
      stream.update(name)
      entry.bytes.withUnsafeBytes { stream.update($0) }
    }
    return stream.digest.hex
  }

  private static func validations(
    in file: TensorFile,
    upTo last: Int
  ) throws -> [ValidationRecord] {
    guard file.entries["log.validation_step"] != nil else { return [] }
    let steps = try file.numbers("log.validation_step").map { Int(exactly: $0) }
    let losses = try file.numbers("log.validation_loss")
    let accuracies = try file.numbers("log.validation_accuracy")
    guard losses.count == steps.count, accuracies.count == steps.count else {
      throw CheckpointError.wrongCount(name: "validation")
    }
    var records: [ValidationRecord] = []
    for (index, step) in steps.enumerated() {
      guard let step, step >= 0, step <= last, step > records.last?.step ?? -1 else {
        throw CheckpointError.wrongCount(name: "validation")
      }
      records.append(
        ValidationRecord(step: step, loss: losses[index], accuracy: accuracies[index])
      )
    }
    return records
  }

  private static func tensor(_ name: String, _ shape: Shape, in file: TensorFile) throws -> Tensor {
    if let found = file.entries[name]?.shape, found != shape.dimensions {
      throw CheckpointError.wrongShape(name: name, found: found, expected: shape.dimensions)
    }
    return try file.tensor(name)
  }
}

/// The strings of a checkpoint, read with checks.
private struct Metadata {
  let values: [String: String]

  func parsed<T>(_ key: String, _ parse: (String) -> T?) throws(CheckpointError) -> T {
    guard let value = values[key], let result = parse(value) else {
      throw .badMetadata(key: key, value: values[key])
    }
    return result
  }

  func integer(_ key: String, in range: ClosedRange<Int>) throws(CheckpointError) -> Int {
    try parsed(key) { Int($0).flatMap { range.contains($0) ? $0 : nil } }
  }

  func choice<T: RawRepresentable<String>>(_ key: String) throws(CheckpointError) -> T {
    try parsed(key) { T(rawValue: $0) }
  }
}
