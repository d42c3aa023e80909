import Plotting

/// What a terminal said about itself.
package struct TerminalAbilities: Sendable, Hashable {
  /// Whether it understands the graphics protocol of kitty.
  package var hasKittyGraphics = false
  /// Whether it shows sixel graphics.
  package var hasSixel = false
  /// The size of a character in pixels; nil if it did not say.
  package var cell: TerminalScreen.CellSize?
  /// Its name and version in its own words, such as `tmux 3.4`; nil if it did not say.
  package var name: String?
  /// The colour of its ground; nil if it did not say.
  package var ground: Color?
  /// Whether it answered to the last question, so that nothing more is to come.
  package var isComplete = false

  /// Knows nothing.
  package init() {}

  /// The theme whose ink can be read on the terminal's ground, the light one if that is unknown.
  package var theme: Theme {
    guard let ground else { return .light }
    let brightness = 299 * Int(ground.red) + 587 * Int(ground.green) + 114 * Int(ground.blue)
    return brightness < 128_000 ? .dark : .light
  }
}
