/// The shuffle of a sequence of n = 2^b elements after a column of switches: a rotation of the bits of every position.
///
/// After the columns of the forward half of a Beneš block, the released network gathers out[j] =
/// in[rol(j)], where rol rotates the bits to the left. Thus the element at position p moves to ror(p).
package enum Shuffle: String, Hashable, Sendable {
  /// No shuffle.
  case none
  /// out[j] = in[rol(j)]: moves 0, 2, 4, … to the first half and 1, 3, 5, … to the second.
  case left
  /// The inverse of `left`, out[j] = in[ror(j)]: interleaves the two halves.
  case right

  /// The number of bits by which an element's position is rotated to the right.
  package var turns: Int {
    switch self {
    case .none: 0
    case .left: 1
    case .right: -1
    }
  }

  /// Returns the position that the element at position `p` of `length` moves to.
  package func target(of p: Int, length: Int) -> Int {
    rotatedRight(p, levels: length.trailingZeroBitCount, by: turns)
  }

  /// Returns the position that the element at position `j` of `length` comes from.
  package func source(of j: Int, length: Int) -> Int {
    rotatedRight(j, levels: length.trailingZeroBitCount, by: -turns)
  }
}

/// Rotates the bits of a position of 2^levels to the right by `steps`, so that the lowest bit becomes the highest;
/// negative steps rotate to the left.
///
/// - Parameter steps: −levels … levels.
package func rotatedRight(_ position: Int, levels: Int, by steps: Int) -> Int {
  let right = steps < 0 ? steps + levels : steps
  return position >> right | position << (levels - right) & (1 << levels - 1)
}
