import Audio
import Files
import Foundation

/// What is wrong with one file of a data set, which goes on without it.
package struct DataFault: LocalizedError, Equatable, Codable {
  /// The file.
  package let file: String
  /// The line, from 1; nil where it is about the whole file.
  package let line: Int?
  /// What is wrong, without the place.
  package let reason: String
  /// What can be done about it.
  package let remedy: String

  init(file: String, line: Int? = nil, _ reason: String, _ remedy: String) {
    self.file = file
    self.line = line
    self.reason = reason
    self.remedy = remedy
  }

  /// What an error says about a file.
  init(_ error: any Error, file: String) {
    switch error {
    case let error as FileReadError: self.init(AudioError(error), file: file)
    case let error as AudioError: self.init(file: error.file, error.reason, error.remedy)
    case let error as NumpyArray.Fault: self.init(file: error.file, error.reason, error.remedy)
    case let error as DataFault: self = error
    default: self.init(file: file, error.localizedDescription, "check the file")
    }
  }

  /// The bytes of a file of notes; never waits for what is none, such as a pipe.
  ///
  /// - Throws: what is wrong with it.
  static func contents(of path: String) throws(DataFault) -> Data {
    do throws(FileReadError) {
      return Data(try OpenFile(path: path, name: path).contents())
    } catch {
      throw DataFault(file: path, error.reason, error.remedy)
    }
  }

  /// What is wrong and where: `file:line: reason`.
  package var message: String {
    line.map { "\(file):\($0): \(reason)" } ?? "\(file): \(reason)"
  }

  /// The whole in one sentence.
  package var errorDescription: String? { "\(message); \(remedy)" }
}
