import Foundation

/// The reason that a text file cannot be read, the place, and the remedy.
package struct TextFileError: LocalizedError, Equatable {
  /// The file, as the user named it.
  package let file: String
  /// The line or byte; nil for the whole file.
  package let place: String?
  package let reason: String
  package let remedy: String

  package init(_ file: String, place: String? = nil, _ reason: String, _ remedy: String) {
    self.file = file
    self.place = place
    self.reason = reason
    self.remedy = remedy
  }

  /// The file, the place and the reason.
  package var message: String { "\(file): \(place.map { "\($0): " } ?? "")\(reason)" }

  package var errorDescription: String? { "\(message); \(remedy)" }
}
