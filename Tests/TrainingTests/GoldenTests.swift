import Autograd
import Foundation
import Networks
import Tasks
import Tensors
import TestSupport
import Testing

@testable import Training

/// The released code's values for every file of the folder, see `GoldenFile.folder`.
@Suite struct GoldenTests {
  /// Single precision against single precision with another order of summation.
  private static let relative: Float = 1e-5
  private static let absolute: Float = 1e-6

  static let files: [GoldenFile] = {
    do {
      return try GoldenFile.all(in: GoldenFile.folder)
    } catch {
      Issue.record("cannot read \(GoldenFile.folder.path): \(error)")
      return []
    }
  }()

  static let checked = files.filter { $0.skipReason == nil }
  static let symbolic = checked.filter { !$0.isMusic && !$0.isPointing }
  static let pointing = checked.filter(\.isPointing)
  static let musical = checked.filter(\.isMusic)

  @Test("there are reference files, and those that cannot be checked are named")
  func folder() {
    #expect(!Self.checked.isEmpty, "no file to check in \(GoldenFile.folder.path)")
    for file in Self.files {
      if let reason = file.skipReason { print("golden file \(file.name) skipped: \(reason)") }
    }
  }

  @Test("music: logits, losses, calibrated probabilities and accuracies", arguments: musical)
  func music(golden: GoldenFile) throws {
    let model = try golden.makeModel()
    let trainer = try golden.makeTrainer(model)
    let batch = try golden.makeBatch()
    let tape = Tape(isRecording: false)
    let logits = try model.logits(of: batch.input, layout: batch.layout, dropout: nil, on: tape)
    let result = model.noteLoss(
      of: logits,
      batch.targets(of: NoteTargets.self),
      smoothing: trainer.settings.smoothing,
      on: tape
    )
    let values: [(String, [Float])] = [
      ("logits", logits.value.elements), ("loss", [result.loss.value.scalar]),
      ("per_item_loss", [Float(result.middleLoss)]), ("result", result.probabilities),
      (
        "accuracy",
        [Float(result.accuracies.compactMap(\.self).reduce(0, +) / Double(result.accuracies.count))]
      ),
    ]
    for (name, found) in values {
      expectClose(
        found,
        try golden.file.tensor("out.\(name)").elements,
        absolute: Self.absolute,
        relative: Self.relative,
        name
      )
    }
  }

  @Test("logits, predictions, losses and accuracies", arguments: symbolic)
  func forward(golden: GoldenFile) throws {
    let model = try golden.makeModel()
    let batch = try golden.makeBatch()
    let tape = Tape(isRecording: false)
    let logits = try model.logits(
      of: batch.input,
      layout: batch.layout,
      dropout: nil,
      on: tape
    )
    expectClose(
      logits.value.elements,
      try golden.joined("out.logits"),
      absolute: Self.absolute,
      relative: Self.relative,
      "logits"
    )
    let result = tape.symbolLoss(
      logits,
      labels: batch.labels,
      layout: batch.layout,
      smoothing: Float(try golden.number("label_smoothing")),
      form: TrainingSettings(
        releasedWith: try golden.spec().network,
        seed: 1,
        schedule: RateSchedule(rate: 1)
      ).loss
    )
    expectClose(
      result.exampleLosses.map { Float($0) },
      try golden.joined("out.per_item_loss"),
      absolute: Self.absolute,
      relative: Self.relative,
      "loss per example"
    )
    expectClose(
      [result.loss.value.scalar],
      try golden.file.tensor("out.loss").elements,
      absolute: Self.absolute,
      relative: Self.relative,
      "loss"
    )
    let expected = try golden.binSuffixes.flatMap { try golden.file.integers("out.result\($0)") }
    #expect(result.predictions.map { Int64($0) } == expected)
    let accuracy = trainingAccuracy(
      labels: batch.labels,
      predictions: result.predictions,
      layout: batch.layout
    )
    expectClose(
      [Float(accuracy)],
      try golden.file.tensor("out.accuracy").elements,
      absolute: 1e-6,
      "accuracy"
    )
  }

  @Test("pointing: logits, losses, positions and accuracies", arguments: pointing)
  func pointer(golden: GoldenFile) throws {
    let model = try golden.makeModel()
    let batch = try golden.makeBatch()
    let labels = batch.targets(of: PointerTargets.self).labels
    let tape = Tape(isRecording: false)
    let logits = try model.logits(of: batch.input, layout: batch.layout, dropout: nil, on: tape)
    let result = tape.pointerLoss(
      logits,
      labels: labels,
      layout: batch.layout,
      smoothing: Float(try golden.number("label_smoothing"))
    )
    let values: [(String, [Float])] = [
      ("logits", logits.value.elements), ("loss", [result.loss.value.scalar]),
      ("per_item_loss", result.exampleLosses.map { Float($0) }),
      ("accuracy", [Float(Double(result.isRight.count { $0 }) / Double(result.isRight.count))]),
    ]
    for (name, found) in values {
      expectClose(
        found,
        try golden.file.tensor("out.\(name)").elements,
        absolute: Self.absolute,
        relative: Self.relative,
        name
      )
    }
    #expect(result.best.map { Int64($0) } == (try golden.file.integers("out.result")))
  }

  @Test("gradients of all parameters", arguments: checked)
  func gradients(golden: GoldenFile) throws {
    let model = try golden.makeModel()
    let trainer = try golden.makeTrainer(model)
    _ = try trainer.computeGradients(golden.makeBatch(), step: 1)
    for (path, parameter) in model.parameters {
      expectClose(
        parameter.gradient.elements,
        try golden.file.tensor("grad.\(golden.variable(path))").elements,
        absolute: golden.tolerances.gradientFloor,
        relative: Self.relative,
        "gradient of \(path)"
      )
    }
  }

  @Test("losses and parameters over ten steps", arguments: checked)
  func steps(golden: GoldenFile) throws {
    let model = try golden.makeModel()
    let trainer = try golden.makeTrainer(model)
    let batch = try golden.makeBatch()
    var losses: [Float] = []
    for step in 1...10 {
      losses.append(Float(try trainer.takeStep(batch).loss))
      guard [1, 2, 3, 8, 10].contains(step) else { continue }
      for (path, parameter) in model.parameters {
        expectClose(
          parameter.value.elements,
          try golden.file.tensor("after\(step).\(golden.variable(path))").elements,
          absolute: golden.tolerance(of: path),
          "\(path) after step \(step)"
        )
      }
    }
    expectClose(
      losses,
      Array(try golden.file.tensor("out.loss_curve").elements.prefix(10)),
      absolute: 1e-5,
      relative: Self.relative,
      "loss curve"
    )
  }
}

/// A batch of another kind than the file says.
