/// How the positions of a sequence of n = 2^b elements move behind a column of switches: the bits
/// of every position are rotated.
///
/// Behind the columns of the forward half of a Beneš block the released network gathers out[j] =
/// in[rol(j)], rol a rotation of the bits to the left. So the element at position p goes to ror(p)
/// there.
package enum Shuffle: String, Hashable, Sendable {
  /// Positions stay.
  case none
  /// out[j] = in[rol(j)]. Brings 0, 2, 4, … to the upper half and 1, 3, 5, … to the lower one.
  case left
  /// The inverse of `left`, out[j] = in[ror(j)]. Interleaves the two halves.
  case right

  /// By how many bits an element's position is rotated to the right.
  package var turns: Int {
    switch self {
    case .none: 0
    case .left: 1
    case .right: -1
    }
  }

  /// The position that the element at position `p` of `length` goes to.
  package func target(of p: Int, length: Int) -> Int {
    rotatedRight(p, levels: length.trailingZeroBitCount, by: turns)
  }

  /// The position that the element at position `j` of `length` comes from.
  package func source(of j: Int, length: Int) -> Int {
    rotatedRight(j, levels: length.trailingZeroBitCount, by: -turns)
  }
}

/// A position of 2^levels whose bits are rotated: the lowest one becomes the highest, `steps`
/// times; with negative steps the other way round.
///
/// - Parameter steps: −levels … levels.
package func rotatedRight(_ position: Int, levels: Int, by steps: Int) -> Int {
  let right = steps < 0 ? steps + levels : steps
  return position >> right | position << (levels - right) & (1 << levels - 1)
}
