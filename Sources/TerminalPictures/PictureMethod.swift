/// A way to show a picture in a terminal.
package enum PictureMethod: String, Sendable, Hashable, CaseIterable {
  /// The graphics protocol of kitty, which several terminals share: a PNG file in base64.
  case kitty
  /// The inline images of iTerm2: a PNG file in base64.
  case iterm
  /// Sixel graphics, which terminals have had since the VT240.
  case sixel
  /// Characters, which every terminal shows.
  case blocks
}
