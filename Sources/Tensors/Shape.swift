/// The extents of a row-major array, outermost first.
@usableFromInline
package struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral, CustomStringConvertible {
  package let dimensions: [Int]

  package init(_ dimensions: [Int]) {
    precondition(dimensions.allSatisfy { $0 >= 0 }, "extents are not negative")
    self.dimensions = dimensions
  }

  @usableFromInline
  package init(arrayLiteral elements: Int...) {
    self.init(elements)
  }

  /// The number of elements; 1 for a scalar.
  package var count: Int { dimensions.reduce(1, *) }

  /// The extent of one axis.
  package subscript(axis: Int) -> Int { dimensions[axis] }

  /// The extents as text, such as `32 × 64` or `scalar`.
  @usableFromInline
  package var description: String {
    dimensions.isEmpty ? "scalar" : dimensions.map(String.init).joined(separator: " × ")
  }
}
