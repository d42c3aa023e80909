import Tensors

/// Reads three arrays at a time.
func withPointers(
  _ a: Tensor,
  _ b: Tensor,
  _ c: Tensor,
  _ body: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>) throws -> Void
) rethrows {
  try a.withPointer { a in try b.withPointer { b in try c.withPointer { try body(a, b, $0) } } }
}
