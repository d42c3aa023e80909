import Foundation

/// An error in reading a TensorFlow checkpoint.
package struct BundleError: LocalizedError, Equatable {
  /// The file, as the user named it.
  package let file: String
  package let reason: String

  package var errorDescription: String? { "\(file): \(reason)" }
}
