/// A picture of an animation and how long it is shown.
package struct AnimationFrame: Sendable, Hashable {
  /// The picture; all of an animation have one size.
  package let drawing: DrawList
  /// How long it is shown.
  package let milliseconds: Int

  /// Creates a frame of 1 to 65,535 milliseconds.
  package init(drawing: DrawList, milliseconds: Int) {
    precondition((1...65_535).contains(milliseconds), "a frame is shown for a while")
    self.drawing = drawing
    self.milliseconds = milliseconds
  }
}
