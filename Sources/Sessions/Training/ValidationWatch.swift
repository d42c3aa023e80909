import CommandLanguage
import Foundation
import Training

/// Measures a model on held-out examples while it is trained, keeps the best state, and tells when it has
/// stopped getting better.
package struct ValidationWatch {
  /// What `train` was told.
  package struct Request {
    /// Steps from one validation to the next.
    package var interval: Int
    /// Examples of each length.
    package var count: Int
    /// Whether the model goes back to its best state at the end.
    var keepsBest: Bool
    /// Validations without a better one after which training ends; nil for no end.
    package var patience: Int?
  }

  package let request: Request
  /// Validations before this training do not count.
  private let firstStep: Int
  package private(set) var best: ValidationRecord?
  private(set) var bestState: TrainingState?
  private(set) var sinceBest = 0

  package init(_ request: Request, firstStep: Int) {
    self.request = request
    self.firstStep = firstStep
  }

  /// Whether there has been no better validation for too long.
  var isOver: Bool { request.patience.map { sinceBest >= $0 } ?? false }

  /// Takes note of a validation; tells whether it is the best so far: the highest accuracy, of equal ones
  /// the lowest loss.
  package mutating func note(_ record: ValidationRecord, of trainer: Trainer) -> Bool {
    let isBetter = rank(record)
    if isBetter, request.keepsBest { bestState = trainer.state }
    return isBetter
  }

  /// Counts validations of a training that goes on, whose best state is given; gives them with whether each
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
