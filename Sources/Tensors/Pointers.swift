/// An operand of `withPointers`: an array, or none.
@usableFromInline
package protocol PointerSource {
  /// The type of the address.
  associatedtype Pointer
  /// The address of the elements; valid while this value's storage lives.
  var address: Pointer { get }
}

extension Tensor: PointerSource {}

extension Tensor?: PointerSource {
  /// The address of the elements; nil without an array.
  @usableFromInline
  package var address: UnsafePointer<Float>? { self?.address }
}

/// Reads several arrays through pointers that are valid inside `body` only.
///
/// Safe because the arguments, and with them the storage behind the addresses, live until `body` returns, and because
/// shared storage is never written.
///
/// Inlinable, like the others, so that each caller specializes it: an unspecialized pack looks up its types at every
/// call.
@inlinable
package func withPointers<each Source: PointerSource, Result>(
  _ sources: repeat each Source,
  body: (repeat (each Source).Pointer) throws -> Result
) rethrows -> Result {
  defer { keepAlive((repeat each sources)) }
  return try body(repeat (each sources).address)
}

/// Writes an array in place and reads others, through pointers that are valid inside `body` only.
///
/// Reading is safe as above. Writing is safe because `inout` is exclusive: nobody else reads, writes or copies that
/// variable until `body` returns, and storage that other values share is copied first. So an array that is read as well
/// as written is read as it was before. With several arrays to write, the compiler ensures that they are different.
@inlinable
package func withPointers<each Source: PointerSource, Result>(
  writing a: inout Tensor,
  reading sources: repeat each Source,
  body: (UnsafeMutablePointer<Float>, repeat (each Source).Pointer) throws -> Result
) rethrows -> Result {
  defer {
    keepAlive(a)
    keepAlive((repeat each sources))
  }
  return try body(a.uniqueAddress(), repeat (each sources).address)
}

/// Writes two arrays in place and reads others; parameter packs cannot be `inout`.
@inlinable
package func withPointers<each Source: PointerSource, Result>(
  writing a: inout Tensor,
  _ b: inout Tensor,
  reading sources: repeat each Source,
  body: (
    UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, repeat (each Source).Pointer
  ) throws -> Result
) rethrows -> Result {
  defer {
    keepAlive(a)
    keepAlive(b)
    keepAlive((repeat each sources))
  }
  return try body(a.uniqueAddress(), b.uniqueAddress(), repeat (each sources).address)
}

/// Writes three arrays in place and reads others.
@inlinable
package func withPointers<each Source: PointerSource, Result>(
  writing a: inout Tensor,
  _ b: inout Tensor,
  _ c: inout Tensor,
  reading sources: repeat each Source,
  body: (
    UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>,
    repeat (each Source).Pointer
  ) throws -> Result
) rethrows -> Result {
  defer {
    keepAlive(a)
    keepAlive(b)
    keepAlive(c)
    keepAlive((repeat each sources))
  }
  return try body(
    a.uniqueAddress(),
    b.uniqueAddress(),
    c.uniqueAddress(),
    repeat (each sources).address
  )
}

/// Writes four arrays in place and reads others.
@inlinable
package func withPointers<each Source: PointerSource, Result>(
  writing a: inout Tensor,
  _ b: inout Tensor,
  _ c: inout Tensor,
  _ d: inout Tensor,
  reading sources: repeat each Source,
  body: (
    UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>,
    UnsafeMutablePointer<Float>, repeat (each Source).Pointer
  ) throws -> Result
) rethrows -> Result {
  defer {
    keepAlive(a)
    keepAlive(b)
    keepAlive(c)
    keepAlive(d)
    keepAlive((repeat each sources))
  }
  return try body(
    a.uniqueAddress(),
    b.uniqueAddress(),
    c.uniqueAddress(),
    d.uniqueAddress(),
    repeat (each sources).address
  )
}

extension Tensor {
  /// Creates a tensor whose elements `body` must all write, from those of others.
  ///
  /// The pointers are valid inside `body` only, as those of `withPointers` are; nothing else refers to the new storage
  /// yet.
  @inlinable
  package init<each Source: PointerSource>(
    _ shape: Shape,
    reading sources: repeat each Source,
    writing body: (UnsafeMutablePointer<Float>, repeat (each Source).Pointer) throws -> Void
  ) rethrows {
    self.init(unwritten: shape)
    try withPointers(writing: &self, reading: repeat each sources, body: body)
  }
}

extension Tensor? {
  /// Writes the elements of the array in place if there is one, else calls `body` with nil.
  @inlinable
  package mutating func withMutablePointer<Result>(
    _ body: (UnsafeMutablePointer<Float>?) throws -> Result
  ) rethrows -> Result {
    let address = self?.uniqueAddress()
    defer { keepAlive(self) }
    return try body(address)
  }
}

/// Keeps a value alive until this call.
@inlinable
package func keepAlive<Value>(_ value: Value) { withExtendedLifetime(value) {} }
