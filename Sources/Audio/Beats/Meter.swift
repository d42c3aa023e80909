/// How many beats a bar has.
package struct Meter: Hashable, Sendable {
  /// Beats of a bar.
  package let beats: Int
  /// Whether a beat has three eighths; otherwise it has two.
  package let isCompound: Bool

  package init(beats: Int, isCompound: Bool = false) {
    self.beats = beats
    self.isCompound = isCompound
  }

  /// The upper number of its time signature.
  package var numerator: Int { isCompound ? 3 * beats : beats }
  /// The lower number: eighths or quarters.
  package var denominator: Int { isCompound ? 8 : 4 }
  /// Such as `3/4`.
  package var signature: String { "\(numerator)/\(denominator)" }
  /// Quarter notes of a beat.
  package var quarters: Double { isCompound ? 1.5 : 1 }
}
