/// Runs `body` with a block of `count` floats of unspecified content that is valid inside it only.
package func withScratch<R>(
  _ count: Int,
  _ body: (UnsafeMutablePointer<Float>) throws -> R
) rethrows -> R {
  let storage = TensorStorage(count: count)
  return try withExtendedLifetime(storage) { try body(storage.pointer) }
}
