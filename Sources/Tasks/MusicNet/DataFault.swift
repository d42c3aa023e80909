import Audio
import Files
import Foundation

/// The reason that one file of a data set is left out.
package struct DataFault: LocalizedError, Equatable, Codable {
  /// The file.
  package let file: String
  /// The line number, from 1; nil if the fault concerns the whole file.
  package let line: Int?
  /// The reason, without the place.
  package let reason: String
  /// The remedy.
  package let remedy: String

  init(file: String, line: Int? = nil, _ reason: String, _ remedy: String) {
    self.file = file
    self.line = line
    self.reason = reason
    self.remedy = remedy
  }

  /// Creates the fault of a file from an error.
  init(_ error: any Error, file: String) {
    switch error {
    case let error as FileReadError: self.init(AudioError(error), file: file)
    case let error as AudioError: self.init(file: error.file, error.reason, error.remedy)
    case let error as NumpyArray.Fault: self.init(file: error.file, error.reason, error.remedy)
    case let error as DataFault: self = error
    default: self.init(file: file, error.localizedDescription, "check the file")
    }
  }

  /// Reads the bytes of a file of notes; never blocks on one that is not regular, such as a pipe.
  ///
  /// - Throws: the fault of the file.
  static func contents(of path: String) throws(DataFault) -> Data {
    do throws(FileReadError) {
      return Data(try OpenFile(path: path, name: path).contents())
    } catch {
      throw DataFault(file: path, error.reason, error.remedy)
    }
  }

  /// The place and the reason: `file:line: reason`.
  package var message: String {
    line.map { "\(file):\($0): \(reason)" } ?? "\(file): \(reason)"
  }

  /// The place, the reason and the remedy in one sentence.
  package var errorDescription: String? { "\(message); \(remedy)" }
}
