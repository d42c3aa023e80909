import Audio
import CommandLanguage
import Figures
import Foundation
import Sessions

/// The files of a transcription: their names, and the check that they overwrite nothing else.
struct TranscriptionFiles {
  /// The kinds of files, by extension.
  enum Kind: String, CaseIterable {
    case midi = ".mid"
    case table = ".notes.csv"
    case picture = ".png"
    case sound = ".wav"
    case probabilities = ".npy"
    case quantised = ".quantised.mid"
    case score = ".musicxml"
    case page = ".html"
  }

  /// The folder and the name without an extension.
  let stem: String

  /// The text by which the files identify their creator.
  static let mark = "rse transcription"

  /// - Parameters:
  ///   - folder: the folder; nil for the current one.
  ///   - name: the name without an extension.
  init(folder: String?, name: String) {
    stem = folder.map { ($0 as NSString).appendingPathComponent(name) } ?? name
  }

  func path(_ kind: Kind) -> String { stem + kind.rawValue }

  /// Returns the path of a picture, given its page, from 1, and the number of pages.
  func picture(page: Int, of count: Int) -> String {
    count == 1 ? path(.picture) : "\(stem).page\(page)\(Kind.picture.rawValue)"
  }

  /// Throws if files not written by a transcription would be overwritten.
  ///
  /// - Parameters:
  ///   - kinds: the kinds of files to be written.
  ///   - inputs: the recordings, and the reference.
  /// - Throws: a diagnostic.
  func check(_ kinds: [Kind], inputs: [String], in session: Session) throws(Diagnostic) {
    let used = Set(inputs.map { Self.resolved(session.readingPath($0)) })
    for kind in kinds {
      let path = path(kind)
      let target = try session.writingPath(path)
      if used.contains(Self.resolved(target)) {
        throw Diagnostic(
          "`\(path)` would be written over, and it is read here",
          remedy: "name another folder with to="
        )
      }
      if FileManager.default.fileExists(atPath: target), !Self.isTranscription(target, kind) {
        throw Diagnostic(
          "`\(path)` is there, and no transcription has made it",
          remedy: "name another folder with to=, or move it away"
        )
      }
    }
  }

  private static func resolved(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }

  /// Returns true if a file appears to be written by a transcription.
  private static func isTranscription(_ path: String, _ kind: Kind) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path),
      let head = try? file.read(upToCount: headBytes)
    else { return false }
    func holds(_ text: String) -> Bool { head.range(of: Data(text.utf8)) != nil }
    return switch kind {
    case .midi, .quantised, .score: holds(mark)
    case .table: head.starts(with: Data(NoteTable.columns.joined(separator: ",").utf8))
    case .picture: holds("Software\0rse ")
    case .sound: Sonification.isHeader(Array(head))
    case .probabilities: holds("\'<f4\'") && holds(" 128,)")
    case .page: holds("name=\"generator\" content=\"\(mark)\"")
    }
  }

  private static let headBytes = 4096
}
