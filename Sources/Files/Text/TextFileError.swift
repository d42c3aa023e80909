import Foundation

/// What is wrong with a file of text, where, and what can be done.
package struct TextFileError: LocalizedError, Equatable {
  /// The file, as the user named it.
  package let file: String
  /// Line, or byte; nil for the whole file.
  package let place: String?
  package let reason: String
  package let remedy: String

  package init(_ file: String, place: String? = nil, _ reason: String, _ remedy: String) {
    self.file = file
    self.place = place
    self.reason = reason
    self.remedy = remedy
  }

  /// What is wrong and where.
  package var message: String { "\(file): \(place.map { "\($0): " } ?? "")\(reason)" }

  package var errorDescription: String? { "\(message); \(remedy)" }
}
