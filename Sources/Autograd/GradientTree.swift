import Tensors

/// The balanced binary tree that sums the contributions of groups of examples to a gradient: neighbours first, then
/// neighbouring pairs, and so on; a node without a neighbour moves up alone.
///
/// Its shape depends only on the number of groups, so any number of threads and processes computes the same sum.
package struct GradientTree {
  /// The number of groups, one at each leaf.
  package let leaves: Int

  package init(leaves: Int) { self.leaves = leaves }

  /// Returns the largest nodes that lie wholly within a range of leaves, each as the leaves under it, in order.
  package func nodes(in range: Range<Int>) -> [Range<Int>] {
    leaves == 0 ? [] : nodes(in: range, under: 0..<leaves)
  }

  private func nodes(in range: Range<Int>, under node: Range<Int>) -> [Range<Int>] {
    if range.lowerBound <= node.lowerBound, node.upperBound <= range.upperBound { return [node] }
    guard node.overlaps(range), node.count > 1 else { return [] }
    let (left, right) = Self.children(of: node)
    return nodes(in: range, under: left) + nodes(in: range, under: right)
  }

  /// Splits a node; the left child takes the largest power of two that leaves something for the right one.
  private static func children(of node: Range<Int>) -> (Range<Int>, Range<Int>) {
    let left = 1 << (Int.bitWidth - 1 - (node.count - 1).leadingZeroBitCount)
    let middle = node.lowerBound + left
    return (node.lowerBound..<middle, middle..<node.upperBound)
  }

  /// Returns the sum at a node.
  ///
  /// - Parameters:
  ///   - known: returns the sum at a node where it is known; nil makes the tree ask the node's children.
  ///   - add: adds the second sum to the first.
  /// - Returns: nil if nothing under the node is known.
  package func sum<Sum>(
    at node: Range<Int>,
    known: (Range<Int>) -> Sum?,
    add: (inout Sum, Sum) -> Void
  ) -> Sum? {
    if let sum = known(node) { return sum }
    guard node.count > 1 else { return nil }
    let (left, right) = Self.children(of: node)
    guard var first = sum(at: left, known: known, add: add) else {
      return sum(at: right, known: known, add: add)
    }
    if let second = sum(at: right, known: known, add: add) { add(&first, second) }
    return first
  }
}
