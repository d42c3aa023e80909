import Audio
import CommandLanguage
import Figures
import Foundation
import Sessions

/// The files of a transcription: what they are called, and that they write over nothing else.
struct TranscriptionFiles {
  /// What a file holds, by its ending.
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

  /// The folder and the name without an ending.
  let stem: String

  /// What MIDI files say of their making.
  static let mark = "rse transcription"

  /// - Parameters:
  ///   - folder: nil for the current one.
  ///   - name: without an ending.
  init(folder: String?, name: String) {
    stem = folder.map { ($0 as NSString).appendingPathComponent(name) } ?? name
  }

  func path(_ kind: Kind) -> String { stem + kind.rawValue }

  /// A picture of several, from 1.
  func picture(page: Int, of count: Int) -> String {
    count == 1 ? path(.picture) : "\(stem).page\(page)\(Kind.picture.rawValue)"
  }

  /// Refuses to write over files that no transcription has made.
  ///
  /// - Parameters:
  ///   - kinds: what will be written.
  ///   - inputs: the recordings, and what was played.
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

  /// Whether a file looks like one that was written here.
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
