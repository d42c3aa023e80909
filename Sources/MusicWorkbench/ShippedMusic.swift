import CommandLanguage
import Figures
import Foundation
import Sessions

/// Short recordings that ship with the program, with the notes in them, under the names that commands know
/// them by.
package enum ShippedMusic {
  private static let (sound, notes) = (".wav", ".csv")

  /// The names of all there are.
  package static var names: [String] {
    guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    else { return [] }
    return names.sorted().filter { $0.hasSuffix(sound) && !$0.hasPrefix(".") }.map {
      String($0.dropLast(sound.count))
    }
  }

  /// The recording of a name; nil if there is none.
  static func recording(named name: String) -> String? {
    names.contains(name) ? folder.map { "\($0)/\(name)\(sound)" } : nil
  }

  /// The table of the notes in the recording of a name; nil if there is none.
  static func notes(named name: String) -> String? {
    names.contains(name) ? folder.map { "\($0)/\(name)\(notes)" } : nil
  }

  private static var folder: String? { ShippedFiles.folder.map { $0 + "/music" } }
}

extension Session {
  /// The recording that a file is, or that ships under its name.
  ///
  /// - Throws: a diagnostic where there is none.
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

  /// Whether there is a file at a path, and no folder.
  private func isFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let place = readingPath(path)
    return FileManager.default.fileExists(atPath: place, isDirectory: &isFolder)
      && !isFolder.boolValue
  }

  /// The notes in a file, or in a recording that ships.
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
