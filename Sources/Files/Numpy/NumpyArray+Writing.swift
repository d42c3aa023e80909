extension NumpyArray {
  /// Returns the header of a `.npy` file (version 1) of little-endian 32-bit floats in row-major order.
  package static func header(ofFloats shape: [Int]) -> [UInt8] {
    let extents = shape.map { "\($0)," }.joined(separator: " ")
    var text = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(extents)), }"
    // The elements start at a multiple of 64.
    let room = 64 - (10 + text.utf8.count + 1) % 64
    text += String(repeating: " ", count: room % 64) + "\n"
    let count = text.utf8.count
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(count % 256), UInt8(count / 256)]
      + Array(text.utf8)
  }
}
