import Files
import Foundation
import Notebooks
import Sessions

/// A page that teaches how Beneš networks route permutations.
///
/// One self-contained HTML file that works offline, in the style of exported notebooks. Its script routes on its own,
/// like `Routing`; the measurements of a trained network with the same wiring are embedded as JSON.
package struct LessonPage {
  private let trained: TrainedMaps?

  /// - Parameter trained: the measurements of a trained network; nil for a page that says that there was none.
  package init(trained: TrainedMaps?) {
    self.trained = trained
  }

  /// The bytes of the file.
  package var text: String {
    // Scripts and styles of the page carry this nonce; the browser rejects others.
    filled(nonce: Digest(of: filled(nonce: "")).description)
  }

  private func filled(nonce: String) -> String {
    HTMLTemplate.filled(
      Self.text(PackageResources.lesson_html),
      [
        "nonce": nonce, "data": json, "version": programVersion,
        "model": trained?.model ?? "", "origin": HTMLText.escaped(trained?.origin ?? ""),
        "style": HTMLStyle.sheet + Self.text(PackageResources.lesson_css),
        "script": Self.script,
      ]
    )
  }

  private struct Content: Encodable {
    let trained: TrainedMaps?
  }

  /// The JSON, without anything that HTML could take for a tag; equal numbers give equal bytes.
  private var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let bytes = try? encoder.encode(Content(trained: trained)) else {
      preconditionFailure("integers and texts can be encoded")
    }
    return String(decoding: bytes, as: UTF8.self).replacing("<", with: "\\u003c")
  }

  /// The parts of the script, in the order of their dependencies.
  private static let script = [
    PackageResources.permutations_js, PackageResources.wiring_js, PackageResources.looping_js,
    PackageResources.board_js, PackageResources.graph_js, PackageResources.picker_js,
    PackageResources.practice_js, PackageResources.story_js, PackageResources.compare_js,
    PackageResources.trained_js, PackageResources.page_js,
  ].map(text).joined(separator: "\n")

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
