import CommandLanguage
import Plotting

@testable import Sessions

extension TestSession {
  /// The figure that the last `plot` of some statements shows, without a file.
  func figure(_ text: String) -> Figure? {
    var shown: Figure?
    session.host.showPicture = { figure, _ in
      shown = figure
      return true
    }
    defer { session.host.showPicture = nil }
    submit(text)
    return shown
  }

  /// The lines that some statements show, but for those that name drawings.
  func remarks(_ text: String) -> [String] {
    stableLines(text).filter { !$0.contains("drawing") }
  }
}
