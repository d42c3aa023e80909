import CommandLanguage
import Foundation
import Training

/// A watch over a training: validates the model on the held-out set, keeps the best state, and detects when it
/// stops improving.
package struct ValidationWatch {
  /// The validation options of `train`.
  package struct Request {
    /// The number of steps between validations.
    package var interval: Int
    /// The number of examples of each length.
    package var count: Int
    /// True if the model returns to its best state at the end.
    var keepsBest: Bool
    /// The number of validations without improvement that ends training; nil for no limit.
    package var patience: Int?
  }

  package let request: Request
  /// The step where this training began; earlier validations do not count.
  private let firstStep: Int
  package private(set) var best: ValidationRecord?
  private(set) var bestState: TrainingState?
  private(set) var sinceBest = 0

  package init(_ request: Request, firstStep: Int) {
    self.request = request
    self.firstStep = firstStep
  }

  /// True if there was no improvement for too long.
  var isOver: Bool { request.patience.map { sinceBest >= $0 } ?? false }

  /// Notes a validation; returns true if it is the best so far: the highest accuracy or, if equal, the lowest loss.
  package mutating func note(_ record: ValidationRecord, of trainer: Trainer) -> Bool {
    let isBetter = rank(record)
    if isBetter, request.keepsBest { bestState = trainer.state }
    return isBetter
  }

  /// Counts the validations of a resumed training, whose best state is given; returns them, and whether each
  /// was the best so far.
  @discardableResult
  package mutating func resume(
    _ records: [ValidationRecord],
    bestState find: (Int) throws -> TrainingState?
  ) rethrows -> [(record: ValidationRecord, isBest: Bool)] {
    let ranked = records.filter { $0.step > firstStep }.map { ($0, rank($0)) }
    if request.keepsBest, let best { bestState = try find(best.step) }
    return ranked
  }

  private mutating func rank(_ record: ValidationRecord) -> Bool {
    let isBetter =
      best.map { (record.accuracy, -record.loss) > ($0.accuracy, -$0.loss) } ?? true
    if isBetter { best = record }
    sinceBest = isBetter ? 0 : sinceBest + 1
    return isBetter
  }
}
