/// The record of one finished step. Two are equal if their computed values are: the time does not count.
package struct StepRecord: Equatable, Sendable {
  /// The number of the step, from 1 over the life of the model.
  package let step: Int
  package let loss: Double
  package let accuracy: Double
  /// The learning rate that the step used.
  package let rate: Double
  /// The seconds that the step took, including its batch; nil if it was not measured.
  package let seconds: Double?

  package init(
    step: Int,
    loss: Double,
    accuracy: Double,
    rate: Double,
    seconds: Double? = nil
  ) {
    self.step = step
    self.loss = loss
    self.accuracy = accuracy
    self.rate = rate
    self.seconds = seconds
  }

  package static func == (a: StepRecord, b: StepRecord) -> Bool {
    a.step == b.step && a.loss == b.loss && a.accuracy == b.accuracy && a.rate == b.rate
  }
}

/// The reason why a training ended before its last step.
package enum TrainingError: Error, Equatable, Codable {
  /// The loss is not finite; the state is that after the previous step.
  case lossNotFinite(step: Int, loss: Double)
  /// A gradient is not finite; the state is that after the previous step.
  case gradientNotFinite(step: Int, parameter: String)
}
