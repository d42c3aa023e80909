import Foundation

/// A numeric array in a NumPy `.npy` file (versions 1 to 3), read on demand.
///
/// The file is memory-mapped, so its size does not matter. Object arrays are refused: they are pickles, which can
/// execute code when read.
package struct NumpyArray: Sendable {
  /// The supported element types, by NumPy's names.
  package enum ElementType: String, CaseIterable, Sendable {
    case float16 = "f2"
    case float32 = "f4"
    case float64 = "f8"
    case int8 = "i1"
    case int16 = "i2"
    case int32 = "i4"
    case int64 = "i8"
    case uint8 = "u1"
    case uint16 = "u2"
    case uint32 = "u4"
    case uint64 = "u8"
    case boolean = "b1"

    /// The size of one element in bytes.
    package var size: Int {
      switch self {
      case .int8, .uint8, .boolean: 1
      case .float16, .int16, .uint16: 2
      case .float32, .int32, .uint32: 4
      case .float64, .int64, .uint64: 8
      }
    }
  }

  /// The reason that a file cannot be used.
  package struct Fault: LocalizedError, Equatable {
    /// The file.
    package let file: String
    /// The reason, without the file.
    package let reason: String
    /// The remedy.
    package let remedy: String

    /// The file and the reason.
    package var message: String { "\(file): \(reason)" }

    /// The file, the reason and the remedy in one sentence.
    package var errorDescription: String? { "\(message); \(remedy)" }
  }

  package let type: ElementType
  /// The extents; the last index varies fastest.
  package let shape: [Int]
  /// The number of elements.
  package let count: Int
  private let mapping: MappedBytes
  private let start: Int
  /// True if the first index varies fastest in the file.
  private let isFortran: Bool
  /// True if the highest byte of an element comes first.
  private let isBigEndian: Bool

  /// Opens the file at `path`.
  ///
  /// - Parameter name: the name used in errors; nil for the path.
  /// - Throws: `Fault`.
  package init(path: String, name: String? = nil) throws(Fault) {
    let name = name ?? path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno)).lowercased()
      throw Fault(file: name, reason: reason, remedy: "check the path")
    }
    defer { close(descriptor) }
    try self.init(descriptor: descriptor, name: name)
  }

  /// Reads an open file, which may be closed afterwards.
  ///
  /// - Parameter name: the name used in errors.
  /// - Throws: `Fault`.
  package init(descriptor: Int32, name: String) throws(Fault) {
    func fault(_ reason: String, _ remedy: String = "save it again by numpy.save") -> Fault {
      Fault(file: name, reason: reason, remedy: remedy)
    }
    guard let mapping = MappedBytes(mapping: descriptor) else {
      throw fault("this is no file with content", "give the path of a .npy file")
    }
    let header: NumpyHeader
    do throws(NumpyHeader.Fault) {
      header = try NumpyHeader(mapping)
    } catch {
      throw fault(error.reason, error.remedy)
    }
    let shape = Self.text(of: header.shape)
    var bytes = header.type.size
    for extent in header.shape {
      let (product, overflows) = bytes.multipliedReportingOverflow(by: extent)
      guard !overflows else { throw fault("its shape \(shape) cannot be") }
      bytes = product
    }
    // Anything after the elements is ignored, as in NumPy.
    guard bytes <= mapping.count - header.end else {
      throw fault(
        "its shape \(shape) needs \(bytes) bytes, but it holds \(mapping.count - header.end)",
        "copy or save it again"
      )
    }
    type = header.type
    self.shape = header.shape
    count = bytes / header.type.size
    start = header.end
    // With at most one extent other than 1 both orders are the same.
    isFortran = header.isFortran && header.shape.count { $0 != 1 } > 1
    isBigEndian = header.isBigEndian
    self.mapping = mapping
  }

  /// Returns a human-readable shape; a long one is truncated.
  private static func text(of shape: [Int]) -> String {
    let extents = shape.prefix(8).map(String.init) + (shape.count > 8 ? ["…"] : [])
    return "[\(extents.joined(separator: ", "))]"
  }

  /// Returns a range of elements in row-major order as floats; numbers out of range become infinite.
  package func floats(_ range: Range<Int>) -> [Float] {
    switch type {
    case .float16: elements(range, UInt16.self) { Float(Float16(bitPattern: $0)) }
    case .float32: elements(range, UInt32.self) { Float(bitPattern: $0) }
    case .float64: elements(range, UInt64.self) { Float(Double(bitPattern: $0)) }
    case .int8: elements(range, Int8.self) { Float($0) }
    case .int16: elements(range, Int16.self) { Float($0) }
    case .int32: elements(range, Int32.self) { Float($0) }
    case .int64: elements(range, Int64.self) { Float($0) }
    case .uint8: elements(range, UInt8.self) { Float($0) }
    case .uint16: elements(range, UInt16.self) { Float($0) }
    case .uint32: elements(range, UInt32.self) { Float($0) }
    case .uint64: elements(range, UInt64.self) { Float($0) }
    case .boolean: elements(range, UInt8.self) { $0 == 0 ? 0 : 1 }
    }
  }

  private func elements<Number: FixedWidthInteger & BitwiseCopyable>(
    _ range: Range<Int>,
    _: Number.Type,
    _ convert: (Number) -> Float
  ) -> [Float] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "elements beyond the end")
    guard !range.isEmpty else { return [] }
    func number(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Float {
      let bits = bytes.loadUnaligned(fromByteOffset: offset, as: Number.self)
      return convert(isBigEndian ? Number(bigEndian: bits) : Number(littleEndian: bits))
    }
    guard isFortran else {
      let places = start + range.lowerBound * type.size..<start + range.upperBound * type.size
      return mapping.withBytes(places) { bytes in
        stride(from: 0, to: bytes.count, by: type.size).map { number(bytes, $0) }
      }
    }
    return mapping.withBytes(start..<start + count * type.size) { bytes in
      var places = FortranPlaces(shape: shape, at: range.lowerBound)
      return range.map { _ in
        defer { places.advance() }
        return number(bytes, places.offset * type.size)
      }
    }
  }
}

/// Walks over the elements of an array in row-major order, where the first index varies fastest in memory.
private struct FortranPlaces {
  private let shape: [Int]
  /// The distance between neighbours along each index, in elements.
  private let strides: [Int]
  private var index: [Int]
  /// The offset of the element in memory, in elements.
  private(set) var offset: Int

  /// - Parameter first: the element's index in row-major order.
  init(shape: [Int], at first: Int) {
    self.shape = shape
    var strides: [Int] = []
    var stride = 1
    for extent in shape {
      strides.append(stride)
      stride *= extent
    }
    var (index, rest) = ([Int](repeating: 0, count: shape.count), first)
    for axis in shape.indices.reversed() {
      index[axis] = rest % shape[axis]
      rest /= shape[axis]
    }
    self.strides = strides
    self.index = index
    offset = zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Moves on to the next element; the last one wraps around to the first.
  mutating func advance() {
    for axis in shape.indices.reversed() {
      index[axis] += 1
      offset += strides[axis]
      guard index[axis] == shape[axis] else { return }
      index[axis] = 0
      offset -= strides[axis] * shape[axis]
    }
  }
}
