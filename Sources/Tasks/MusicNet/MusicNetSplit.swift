/// The assignment of recordings to training, validation and test.
package enum MusicNetSplit: String, CaseIterable, Sendable, Codable {
  /// Tests on 2303, 2382 and 1819 and trains on the other published test pieces, as in the reference code.
  case original
  /// Tests on all pieces of the published test folders.
  case published

  /// The role of a recording.
  package enum Role: String, CaseIterable, Sendable {
    case train
    case validation
    case test
  }

  private static let validation: Set = ["2131", "2384", "1792", "2514", "2567", "1876"]
  private static let originalTest: Set = ["2303", "2382", "1819"]

  /// Returns the role of the recording `id`.
  package func role(of id: String, isInTestFolder: Bool) -> Role {
    if Self.validation.contains(id) { return .validation }
    switch self {
    case .original: return Self.originalTest.contains(id) ? .test : .train
    case .published: return isInTestFolder ? .test : .train
    }
  }
}
