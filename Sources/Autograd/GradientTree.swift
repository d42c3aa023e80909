import Tensors

/// The balanced binary tree in which what groups of examples add to a gradient is summed: neighbours first, then
/// neighbouring pairs, and so on; whoever has no neighbour goes up alone.
///
/// Its shape depends on the number of groups alone, so that any number of threads and processes makes the same sum.
package struct GradientTree {
  /// The groups, one at each leaf.
  package let leaves: Int

  package init(leaves: Int) { self.leaves = leaves }

  /// The largest nodes that lie wholly in a range of leaves, as the leaves under each, in their order.
  package func nodes(in range: Range<Int>) -> [Range<Int>] {
    leaves == 0 ? [] : nodes(in: range, under: 0..<leaves)
  }

  private func nodes(in range: Range<Int>, under node: Range<Int>) -> [Range<Int>] {
    if range.lowerBound <= node.lowerBound, node.upperBound <= range.upperBound { return [node] }
    guard node.overlaps(range), node.count > 1 else { return [] }
    let (left, right) = Self.children(of: node)
    return nodes(in: range, under: left) + nodes(in: range, under: right)
  }

  /// The left one takes the largest power of two that leaves something for the right one.
  private static func children(of node: Range<Int>) -> (Range<Int>, Range<Int>) {
    let left = 1 << (Int.bitWidth - 1 - (node.count - 1).leadingZeroBitCount)
    let middle = node.lowerBound + left
    return (node.lowerBound..<middle, middle..<node.upperBound)
  }

  /// The sum at a node.
  ///
  /// - Parameters:
  ///   - known: the sum at a node where it is there; nil has the node's children asked.
  ///   - add: adds the second to the first.
  /// - Returns: nil where nothing under the node is known.
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
