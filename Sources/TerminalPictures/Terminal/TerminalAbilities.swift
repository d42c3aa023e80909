import Plotting

/// A terminal's answers about itself.
package struct TerminalAbilities: Sendable, Hashable {
  /// True if it supports kitty's graphics protocol.
  package var hasKittyGraphics = false
  /// True if it shows sixel graphics.
  package var hasSixel = false
  /// The size of a character in pixels; nil if not reported.
  package var cell: TerminalScreen.CellSize?
  /// Its name and version in its own words, such as `tmux 3.4`; nil if not reported.
  package var name: String?
  /// Its background colour; nil if not reported.
  package var ground: Color?
  /// True if it answered the last query, so that no more answers will come.
  package var isComplete = false

  /// Creates abilities of which nothing is known yet.
  package init() {}

  /// The theme that is readable on the terminal's background; the light one if the background is unknown.
  package var theme: Theme {
    guard let ground else { return .light }
    let brightness = 299 * Int(ground.red) + 587 * Int(ground.green) + 114 * Int(ground.blue)
    return brightness < 128_000 ? .dark : .light
  }
}
