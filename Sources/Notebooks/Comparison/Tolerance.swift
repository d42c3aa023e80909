/// The distance that two numbers may have and still match.
package struct Tolerance: Sendable, Equatable {
  /// Two percent.
  package static let standard = Tolerance(uncheckedRelative: 0.02)

  /// The largest distance, as a fraction of the larger magnitude.
  package let relative: Double

  /// The distance below which numbers match whatever their size: 10⁻⁶, since a relative distance means
  /// nothing around zero; 0 if the relative tolerance is 0.
  package var absolute: Double { relative == 0 ? 0 : 1e-6 }

  /// Creates a tolerance of `relative` times the larger magnitude; throws ``NotebookError``.
  package init(relative: Double) throws(NotebookError) {
    guard relative >= 0, relative.isFinite else { throw .invalidTolerance(relative) }
    self.init(uncheckedRelative: relative)
  }

  private init(uncheckedRelative relative: Double) {
    self.relative = relative
  }

  /// Returns true if the numbers match: NaN matches NaN, an infinity only itself.
  package func accepts(_ first: Double, _ second: Double) -> Bool {
    if first.isNaN || second.isNaN { return first.isNaN && second.isNaN }
    if first == second { return true }
    guard first.isFinite, second.isFinite else { return false }
    let distance = abs(first - second)
    return distance <= absolute || distance <= relative * max(abs(first), abs(second))
  }
}
