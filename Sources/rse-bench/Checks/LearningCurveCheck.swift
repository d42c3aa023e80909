import ArgumentParser
import Foundation
import Networks
import Tasks
import Tensors
import Training

/// Trains binary addition with the original's settings and compares the learning curve with the original's.
struct LearningCurveCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learning",
    abstract: "Train badd (m=96, 2 blocks, bins 8-64) and compare with the original's curve."
  )

  @Option(help: "Seeds to train with, one after another.")
  var seeds: [UInt64] = [1, 2, 3]

  @Option(help: "Steps of each training.")
  var steps = 1500

  /// The original's mean loss over each 100 steps, and its accuracy on length 64 at their end, from one run.
  private static let originalLoss = [
    0.619, 0.487, 0.414, 0.367, 0.334, 0.306, 0.274, 0.241, 0.207, 0.151, 0.083, 0.031,
  ]
  private static let originalAccuracy = [
    0.42, 0.46, 0.55, 0.54, 0.58, 0.58, 0.61, 0.67, 0.74, 0.85, 0.92, 0.973,
  ]
  private static let bins = [8, 16, 32, 64]
  private static let testExamples = 1024

  func run() throws {
    let curves = try seeds.map(curve)
    report("\nsteps  original           mean of \(seeds.count)")
    for row in 0..<steps / 100 {
      let losses = curves.map { $0[row].loss }
      let accuracies = curves.map { $0[row].accuracy }
      let original =
        row < Self.originalLoss.count
        ? String(format: "%.3f  %.3f", Self.originalLoss[row], Self.originalAccuracy[row])
        : "    -      -"
      report(
        String(
          format: "%5d  %@       %.3f  %.3f",
          (row + 1) * 100,
          original,
          losses.reduce(0, +) / Double(losses.count),
          accuracies.reduce(0, +) / Double(accuracies.count)
        )
      )
    }
  }

  private func curve(seed: UInt64) throws -> [(loss: Double, accuracy: Double)] {
    let task = Addition(.binary)
    let data = try SymbolData(task: task, bins: Self.bins, batchSize: 32)
    let spec = ModelSpec(inputSymbols: task.inputSymbols, outputSymbols: task.outputSymbols)
    let trainer = Trainer(
      model: spec.makeModel(seed: seed),
      settings: TrainingSettings(
        seed: seed,
        schedule: RateSchedule(rate: RateSchedule.releasedRate(maps: 96))
      )
    )
    let examples = data.freshExamples(
      bin: 64,
      from: 0,
      count: Self.testExamples,
      source: RandomSource(seed: seed)
    )
    var curve: [(loss: Double, accuracy: Double)] = []
    let start = ContinuousClock.now
    for _ in 0..<steps / 100 {
      var losses = 0.0
      try trainer.run(steps: 100, data: data) { losses += $0.loss }
      let accuracy = try Evaluation(model: trainer.model).trainingAccuracy(examples, length: 64)
      curve.append((losses / 100, accuracy))
      let seconds = start.secondsAgo
      report(
        String(
          format: "seed %d  step %4d  loss %.4f  accuracy on 64 %.4f  %.1f s",
          Int(seed),
          trainer.step,
          losses / 100,
          accuracy,
          seconds
        )
      )
    }
    return curve
  }
}
