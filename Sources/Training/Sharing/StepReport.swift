/// A process's report to the others about its part of a step.
struct StepReport: Codable {
  /// The loss and the accuracy of each of its examples, in order.
  var losses: [Double] = []
  var accuracies: [Double?] = []
  /// True for each parameter that anything was added to, for each of its nodes.
  var hasSum: [[Bool]] = []
  /// The digest of the parameters before the step, in steps that compare it.
  var digest: String
  var error: TrainingError?

  init(digest: String) { self.digest = digest }
}
