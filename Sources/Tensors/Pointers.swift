/// What `withPointers` gives the address of: an array, or none.
@usableFromInline
package protocol PointerSource {
  /// The address for reading.
  associatedtype Pointer
  /// Where the elements lie; valid as long as the storage of this value lives.
  var address: Pointer { get }
}

extension Tensor: PointerSource {}

extension Tensor?: PointerSource {
  /// Nil where there is no array.
  @usableFromInline
  package var address: UnsafePointer<Float>? { self?.address }
}

/// Reads several arrays through pointers that are valid inside `body` only.
///
/// Safe since the arguments, and with them the storage that the addresses lie in, live until `body`
/// returns, and since nobody writes into a storage that more than one value refers to.
///
/// Inlinable, as the others are, so that each caller has it for its types: a pack that the compiler
/// does not know looks its types up at every call.
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
/// Safe for what is read as above. What is written is held by `inout`: nobody else reads, writes or
/// copies that variable until `body` returns, and a storage that other values share is copied
/// before. So an array that is read as well as written is read as it was before. With more arrays
/// to write, the compiler sees to it that they are different.
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

/// The same for two arrays that are written: parameter packs cannot be `inout`.
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

/// The same for three arrays that are written.
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

/// The same for four arrays that are written.
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
  /// A tensor whose elements `body` must all write, from those of others.
  ///
  /// The pointers are valid inside `body` only, for the reasons that `withPointers` gives; nobody
  /// else knows the new storage yet.
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

/// Uses a value, so that it lives until here.
@inlinable
package func keepAlive<Value>(_ value: Value) { withExtendedLifetime(value) {} }
