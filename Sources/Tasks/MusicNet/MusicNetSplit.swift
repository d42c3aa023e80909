/// Which recordings train, validate and test.
package enum MusicNetSplit: String, CaseIterable, Sendable, Codable {
  /// Tests with 2303, 2382 and 1819 and trains with the other published test pieces, as the original does.
  case original
  /// Tests with all pieces of the published test folders.
  case published

  /// What a recording is used for.
  package enum Role: String, CaseIterable, Sendable {
    case train
    case validation
    case test
  }

  private static let validation: Set = ["2131", "2384", "1792", "2514", "2567", "1876"]
  private static let originalTest: Set = ["2303", "2382", "1819"]

  /// What the recording `id` is used for.
  package func role(of id: String, isInTestFolder: Bool) -> Role {
    if Self.validation.contains(id) { return .validation }
    switch self {
    case .original: return Self.originalTest.contains(id) ? .test : .train
    case .published: return isInTestFolder ? .test : .train
    }
  }
}
