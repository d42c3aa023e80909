/// What a step of a drawing stands for, as the figure states it.
///
/// A role changes no pixel and does not enter the digest. Those who show a drawing in another way,
/// such as by characters, learn from it what they have before them.
package enum DrawRole: Sendable, Hashable {
  /// Nothing in particular: the shape stands for itself.
  case plain
  /// A line along an edge of the area between the axes.
  case axis
  /// A mark on an axis beside its label.
  case tick
  /// A mark on an axis between the labelled ones.
  case minorTick
  /// A line behind the data.
  case grid
  /// A part of the data that ends at the axes: lines, bars and boxes of series.
  case data
  /// A marker of a shape.
  case marker(Marker)
  /// The colour of areas in a legend.
  case sample
  /// An area with a thin edge that only sets it off.
  case framed
  /// The head of an arrow.
  case arrowHead(ArrowDirection)

  /// Where an arrow points.
  package enum ArrowDirection: Sendable, Hashable {
    /// To the right.
    case right
    /// Downwards.
    case down
  }
}

/// A command and what it stands for.
package struct DrawStep: Sendable, Hashable {
  /// What to draw.
  package var command: DrawCommand
  /// What it stands for.
  package var role: DrawRole
}
