/// The meaning of a drawing step, as stated by the figure.
///
/// A role changes no pixel and is not part of the digest. It tells other renderers, such as those that draw with
/// characters, what a shape means.
package enum DrawRole: Sendable, Hashable {
  /// No particular meaning.
  case plain
  /// A line along an edge of the area between the axes.
  case axis
  /// A mark on an axis beside its label.
  case tick
  /// A mark on an axis between the labelled ones.
  case minorTick
  /// A grid line behind the data.
  case grid
  /// A part of the data that is clipped at the axes: lines, bars and boxes of series.
  case data
  /// A marker of a shape.
  case marker(Marker)
  /// The colour sample of areas in a legend.
  case sample
  /// An area with a thin edge that only sets it apart.
  case framed
  /// The head of an arrow.
  case arrowHead(ArrowDirection)

  /// The direction in which an arrow points.
  package enum ArrowDirection: Sendable, Hashable {
    /// To the right.
    case right
    /// Downwards.
    case down
  }
}

/// A command and its meaning.
package struct DrawStep: Sendable, Hashable {
  /// The command.
  package var command: DrawCommand
  /// Its meaning.
  package var role: DrawRole
}
