import Autograd
import Foundation
import Networks
import Tasks
import Tensors
import TestSupport
import Testing

@testable import Training

/// A file of values that another program computed in double precision: a small network that points at words.
struct ReferenceNetwork: CustomTestStringConvertible {
  let name: String
  let file: TensorFile

  var testDescription: String { name }

  static let all: [ReferenceNetwork] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("References")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().compactMap { name in
      guard let data = try? Data(contentsOf: folder.appendingPathComponent(name)),
        let file = try? TensorFile(parsing: data)
      else { return nil }
      return ReferenceNetwork(name: name, file: file)
    }
  }()

  private func text(_ key: String) throws -> String { try #require(file.metadata[key], "\(key)") }

  private func integer(_ key: String) throws -> Int { try #require(Int(try text(key)), "\(key)") }

  func spec() throws -> ModelSpec {
    var spec = ModelSpec(
      try #require(NetworkKind(rawValue: try text("network"))),
      maps: try integer("maps"),
      inputSymbols: try integer("inputs"),
      outputSymbols: PointerLabel.count
    )
    for setting in ModelSetting.allCases {
      guard let value = file.metadata[setting.rawValue] else { continue }
      let isSet = spec.set(setting, to: value)
      #expect(isSet, "\(setting)")
    }
    return spec
  }

  func trainer() throws -> Trainer {
    let model = try spec().outline
    for (path, parameter) in model.parameters {
      parameter.value = try file.tensor("parameter.\(path)").reshaped(to: parameter.shape)
    }
    var settings = TrainingSettings(seed: 1, schedule: RateSchedule(rate: 1e-3), keep: 1)
    settings.smoothing = try #require(Float(try text("smoothing")))
    return Trainer(model: model, head: PointerHead(), settings: settings)
  }

  func batch() throws -> Batch {
    let count = try integer("batch")
    let lengths = try text("lengths").split(separator: ",").compactMap { Int($0) }
    let words = try file.integers("input.words").map(Int32.init)
    let marks = try file.integers("input.marks").map(UInt8.init)
    return Batch(
      layout: SequenceLayout(lengths.map { (length: $0, batch: count) }),
      text: .passage(.symbols(words), PassageMarks(marks)),
      answers: try file.integers("input.labels").map(Int32.init)
    )
  }
}

@Suite("Networks as another program computes them") struct ReferenceNetworkTests {
  @Test("there are values of each network that has no released code")
  func files() {
    #expect(
      ReferenceNetwork.all.map(\.name) == [
        "gareader.safetensors", "universal_halting.safetensors",
      ]
    )
  }

  @Test("logits, losses and gradients", arguments: ReferenceNetwork.all)
  func values(reference: ReferenceNetwork) throws {
    let trainer = try reference.trainer()
    let batch = try reference.batch()
    let tape = Tape(isRecording: false)
    let logits = try trainer.model.logits(
      of: batch.input,
      layout: batch.layout,
      dropout: nil,
      on: tape
    )
    let file = reference.file
    expectClose(
      logits.value.elements,
      try file.tensor("logits").elements,
      absolute: 2e-6,
      relative: 1e-5,
      "logits"
    )
    expectClose(
      trainer.loss(of: logits, batch, on: tape).losses.map { Float($0) },
      try file.tensor("losses").elements,
      absolute: 1e-6,
      relative: 1e-5,
      "losses"
    )
    _ = try trainer.computeGradients(batch, step: 1)
    for (path, parameter) in trainer.model.parameters {
      expectClose(
        parameter.gradient.elements,
        try file.tensor("gradient.\(path)").elements,
        absolute: 2e-6,
        relative: 1e-4,
        path
      )
    }
  }
}
