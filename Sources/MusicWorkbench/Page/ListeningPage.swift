import Audio
import Files
import Foundation
import Notebooks

/// A page to view and listen to: the piano roll, and a player of the recording and the notes.
///
/// The page is one self-contained HTML file that needs no network access. It embeds the notes as JSON, which the
/// browser plays, and the recording as MP3.
struct ListeningPage {
  let content: PageContent

  /// The digest of the page without its sound, since the MP3 bytes may differ between machines.
  var digest: Digest { Digest(of: parts(nonce: "").joined()) }

  /// Writes the bytes of the file in chunks.
  ///
  /// - Parameter progress: called with the seconds of sound written so far.
  /// - Throws: `AudioError` or a diagnostic about the sound; any error of `write`.
  func write(
    _ write: (UnsafeRawBufferPointer) throws -> Void,
    progress: (Double) -> Void = { _ in }
  ) throws {
    func put(_ text: String) throws {
      var text = text
      try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
    }
    // The page's scripts and styles carry this nonce; the browser refuses all others.
    let parts = parts(nonce: digest.description)
    try put(parts[0])
    var done = 0.0
    try content.sound?.pieces { piece in
      try put("<script class=\"sound\" type=\"text/plain\">\(piece)</script>\n")
      done += PageSound.pieceSeconds
      progress(min(done, content.seconds))
    }
    try put(parts[1])
  }

  /// Returns the text before the sound and the text after it.
  private func parts(nonce: String) -> [String] {
    Self.template.components(separatedBy: "{{sound}}").map { part in
      HTMLTemplate.filled(
        part,
        [
          "nonce": nonce, "title": HTMLText.escaped(content.title), "data": content.json,
          "style": Self.style, "script": Self.script,
        ]
      )
    }
  }

  private static let template = text(PackageResources.page_html)
  private static let style = text(PackageResources.page_css)
  /// The parts of the script in order of dependency.
  private static let script = [
    PackageResources.notes_js, PackageResources.view_js, PackageResources.drawing_js,
    PackageResources.recording_js, PackageResources.voices_js, PackageResources.player_js,
    PackageResources.pointer_js, PackageResources.controls_js, PackageResources.page_js,
  ].map(text).joined(separator: "\n")

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
