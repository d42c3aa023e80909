import Audio
import Files
import Foundation
import Notebooks

/// A page to look at and to listen to: the piano roll, and a player of the recording and of the notes.
///
/// One HTML file that needs no other and no network. The notes stand in it as JSON, and are played by the
/// browser; the recording stands in it as MP3.
struct ListeningPage {
  let content: PageContent

  /// What the page is made of, but for the sound: the bytes of MP3 may differ from machine to machine.
  var digest: Digest { Digest(of: parts(nonce: "").joined()) }

  /// Hands out the bytes of the file.
  ///
  /// - Parameter progress: called with the seconds of sound that are done.
  /// - Throws: `AudioError` or a diagnostic about the sound; what `write` throws.
  func write(
    _ write: (UnsafeRawBufferPointer) throws -> Void,
    progress: (Double) -> Void = { _ in }
  ) throws {
    func put(_ text: String) throws {
      var text = text
      try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
    }
    // Scripts and styles of the page carry this number; others are refused by the browser.
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

  /// What comes before the sound, and what comes behind it.
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
  /// The parts of the script in the order in which they need each other.
  private static let script = [
    PackageResources.notes_js, PackageResources.view_js, PackageResources.drawing_js,
    PackageResources.recording_js, PackageResources.voices_js, PackageResources.player_js,
    PackageResources.pointer_js, PackageResources.controls_js, PackageResources.page_js,
  ].map(text).joined(separator: "\n")

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
