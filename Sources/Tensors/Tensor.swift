import Foundation

/// A dense row-major array of float32 with value semantics (copy on write).
@usableFromInline
package struct Tensor: Sendable {
  package private(set) var shape: Shape
  private var storage: TensorStorage

  /// Creates a tensor of uninitialised elements.
  @usableFromInline
  package init(unwritten shape: Shape) {
    self.shape = shape
    storage = TensorStorage(count: shape.count)
  }

  /// Creates a tensor whose elements `body` must all write, as a flat row-major array.
  package init(_ shape: Shape, writing body: (UnsafeMutablePointer<Float>) throws -> Void) rethrows
  {
    self.init(unwritten: shape)
    try body(storage.pointer)
  }

  /// Creates a tensor with every element equal to `value`.
  package init(repeating value: Float, _ shape: Shape) {
    self.init(shape) { $0.update(repeating: value, count: shape.count) }
  }

  /// Creates a tensor of zeros.
  package init(zeros shape: Shape) {
    self.init(repeating: 0, shape)
  }

  /// Creates a tensor of the given elements in row-major order; there must be as many as the shape has.
  package init(_ elements: [Float], _ shape: Shape) {
    precondition(elements.count == shape.count, "\(elements.count) elements for shape \(shape)")
    self.init(shape) { pointer in
      elements.withUnsafeBufferPointer { source in
        if let base = source.baseAddress { pointer.update(from: base, count: source.count) }
      }
    }
  }

  /// The number of elements.
  package var count: Int { shape.count }

  /// The elements in row-major order.
  package var elements: [Float] {
    withElements { Array($0) }
  }

  /// The bytes of the elements, shared with the storage, not copied.
  package var bytes: Data {
    Data(
      bytesNoCopy: storage.pointer,
      count: count * MemoryLayout<Float>.stride,
      deallocator: .custom { [storage] _, _ in withExtendedLifetime(storage) {} }
    )
  }

  /// Reads the elements in place.
  package func withElements<R>(_ body: (UnsafeBufferPointer<Float>) throws -> R) rethrows -> R {
    try withExtendedLifetime(storage) {
      try body(UnsafeBufferPointer(start: storage.pointer, count: count))
    }
  }

  /// The address of the elements, for `withPointers`; valid while the storage lives.
  @usableFromInline
  package var address: UnsafePointer<Float> { UnsafePointer(storage.pointer) }

  /// Returns the address of the elements, for `withPointers`, after copying them if the storage is shared; valid while
  /// this variable is not read or written otherwise.
  @usableFromInline
  package mutating func uniqueAddress() -> UnsafeMutablePointer<Float> {
    if !isKnownUniquelyReferenced(&storage) {
      let copy = TensorStorage(count: count)
      copy.pointer.update(from: storage.pointer, count: count)
      storage = copy
    }
    return storage.pointer
  }

  /// Reads the elements through a pointer that is valid inside `body` only.
  package func withPointer<R>(_ body: (UnsafePointer<Float>) throws -> R) rethrows -> R {
    try withExtendedLifetime(storage) { try body(address) }
  }

  /// Writes the elements in place, after copying them if the storage is shared.
  package mutating func withMutablePointer<R>(
    _ body: (UnsafeMutablePointer<Float>) throws -> R
  ) rethrows -> R {
    let pointer = uniqueAddress()
    return try withExtendedLifetime(storage) { try body(pointer) }
  }

  /// Returns the same elements under another shape of equal count.
  package func reshaped(to shape: Shape) -> Tensor {
    precondition(shape.count == count, "cannot see \(self.shape) as \(shape)")
    var result = self
    result.shape = shape
    return result
  }

  /// The only element of a tensor of one element.
  package var scalar: Float {
    precondition(count == 1, "\(shape) is not a scalar")
    return withPointer { $0[0] }
  }
}

extension Tensor: Equatable {
  /// Returns true if shapes and bit patterns are equal (so NaN equals itself and -0 differs from 0).
  @usableFromInline
  package static func == (a: Tensor, b: Tensor) -> Bool {
    a.shape == b.shape
      && a.withElements { x in
        b.withElements { y in
          zip(x, y).allSatisfy { $0.bitPattern == $1.bitPattern }
        }
      }
  }
}
