import Foundation

/// Why a TensorFlow checkpoint cannot be read.
package struct BundleError: LocalizedError, Equatable {
  /// The file, as the user named it.
  package let file: String
  package let reason: String

  package var errorDescription: String? { "\(file): \(reason)" }
}
