/// What a process tells the others of its part of a step.
struct StepReport: Codable {
  /// The loss and the accuracy of each of its examples, in their order.
  var losses: [Double] = []
  var accuracies: [Double?] = []
  /// Whether anything was added to each parameter, for each of its nodes.
  var hasSum: [[Bool]] = []
  /// The digest of the parameters before the step, where it is compared.
  var digest: String
  var error: TrainingError?

  init(digest: String) { self.digest = digest }
}
