/// The meter of a bar.
package struct Meter: Hashable, Sendable {
  /// The number of beats in a bar.
  package let beats: Int
  /// True if a beat has three eighths; otherwise it has two.
  package let isCompound: Bool

  package init(beats: Int, isCompound: Bool = false) {
    self.beats = beats
    self.isCompound = isCompound
  }

  /// The upper number of the time signature.
  package var numerator: Int { isCompound ? 3 * beats : beats }
  /// The lower number of the time signature: eighths or quarters.
  package var denominator: Int { isCompound ? 8 : 4 }
  /// The time signature, such as `3/4`.
  package var signature: String { "\(numerator)/\(denominator)" }
  /// The number of quarter notes in a beat.
  package var quarters: Double { isCompound ? 1.5 : 1 }
}
