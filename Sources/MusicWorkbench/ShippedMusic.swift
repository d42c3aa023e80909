import CommandLanguage
import Figures
import Foundation
import Sessions

/// The bundled short recordings and their notes, under the names that commands accept.
package enum ShippedMusic {
  private static let (sound, notes) = (".wav", ".csv")

  /// The names of all bundled recordings.
  package static var names: [String] {
    guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    else { return [] }
    return names.sorted().filter { $0.hasSuffix(sound) && !$0.hasPrefix(".") }.map {
      String($0.dropLast(sound.count))
    }
  }

  /// Returns the path of the recording of a name; nil if there is none.
  static func recording(named name: String) -> String? {
    names.contains(name) ? folder.map { "\($0)/\(name)\(sound)" } : nil
  }

  /// Returns the path of the table of notes in the recording of a name; nil if there is none.
  static func notes(named name: String) -> String? {
    names.contains(name) ? folder.map { "\($0)/\(name)\(notes)" } : nil
  }

  private static var folder: String? { ShippedFiles.folder.map { $0 + "/music" } }
}

extension Session {
  /// Returns the path of a recording: the file itself, or the bundled recording of that name.
  ///
  /// - Throws: a diagnostic if there is neither.
  func recordingPath(_ file: String) throws(Diagnostic) -> String {
    if let shipped = ShippedMusic.recording(named: file), !isFile(file) { return shipped }
    if hasFile(file) { return readingPath(file) }
    let isName = !file.contains(".") && !file.contains("/")
    throw Diagnostic(
      "there is no file `\(file)`",
      remedy: isName && !ShippedMusic.names.isEmpty
        ? "recordings that ship: \(ShippedMusic.names.joined(separator: ", "))"
        : "relative paths start at \(folder)"
    )
  }

  /// Returns true if there is a file, not a folder, at a path.
  private func isFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let place = readingPath(path)
    return FileManager.default.fileExists(atPath: place, isDirectory: &isFolder)
      && !isFolder.boolValue
  }

  /// Reads the notes of a file, or of a bundled recording.
  ///
  /// - Throws: a diagnostic that names the file.
  func notes(in file: String) throws -> NoteList {
    guard !isFile(file), let shipped = ShippedMusic.notes(named: file) else {
      return try NoteList(parsing: try read(file), of: file)
    }
    let bytes = try bytes(of: shipped)
    noteReading("\(file) (shipped)", bytes)
    return try NoteList(parsing: bytes, of: file)
  }
}
