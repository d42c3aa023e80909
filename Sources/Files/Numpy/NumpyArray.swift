import Foundation

/// A numeric array in a NumPy `.npy` file (versions 1 to 3), read where it is needed.
///
/// The file is mapped into memory, so its size does not matter. Arrays of objects are refused: they are
/// pickles, which can run code when they are read.
package struct NumpyArray: Sendable {
  /// The little-endian element types that are read, by NumPy's names.
  package enum ElementType: String, CaseIterable, Sendable {
    case float32 = "f4"
    case float64 = "f8"
    case int16 = "i2"
    case int32 = "i4"
    case int64 = "i8"
    case uint8 = "u1"

    /// Bytes of one element.
    package var size: Int {
      switch self {
      case .uint8: 1
      case .int16: 2
      case .float32, .int32: 4
      case .float64, .int64: 8
      }
    }
  }

  /// Why a file cannot be used.
  package struct Fault: LocalizedError, Equatable {
    /// The file.
    package let file: String
    /// What is wrong, without the file.
    package let reason: String
    /// What can be done about it.
    package let remedy: String

    /// What is wrong and where.
    package var message: String { "\(file): \(reason)" }

    /// The whole in one sentence.
    package var errorDescription: String? { "\(message); \(remedy)" }
  }

  package let type: ElementType
  /// The extents; the last index runs fastest.
  package let shape: [Int]
  /// The number of elements.
  package let count: Int
  private let mapping: MappedBytes
  private let start: Int

  /// Opens the file at `path`.
  ///
  /// - Parameter name: what errors call it; nil for the path.
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
  /// - Parameter name: what errors call it.
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
    guard bytes == mapping.count - header.end else {
      throw fault(
        "its shape \(shape) needs \(bytes) bytes, but it holds \(mapping.count - header.end)",
        "copy or save it again"
      )
    }
    type = header.type
    self.shape = header.shape
    count = bytes / header.type.size
    start = header.end
    self.mapping = mapping
  }

  /// A shape as people read it, the end of a long one left out.
  private static func text(of shape: [Int]) -> String {
    let extents = shape.prefix(8).map(String.init) + (shape.count > 8 ? ["…"] : [])
    return "[\(extents.joined(separator: ", "))]"
  }

  /// The elements of a range in row-major order, as floats.
  package func floats(_ range: Range<Int>) -> [Float] {
    switch type {
    case .float32: elements(range, UInt32.self) { Float(bitPattern: $0) }
    case .float64: elements(range, UInt64.self) { Float(Double(bitPattern: $0)) }
    case .int16: elements(range, Int16.self) { Float($0) }
    case .int32: elements(range, Int32.self) { Float($0) }
    case .int64: elements(range, Int64.self) { Float($0) }
    case .uint8: elements(range, UInt8.self) { Float($0) }
    }
  }

  private func elements<Number: FixedWidthInteger & BitwiseCopyable>(
    _ range: Range<Int>,
    _: Number.Type,
    _ convert: (Number) -> Float
  ) -> [Float] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "elements beyond the end")
    let places = start + range.lowerBound * type.size..<start + range.upperBound * type.size
    return mapping.withBytes(places) { bytes in
      stride(from: 0, to: bytes.count, by: type.size).map {
        convert(Number(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: Number.self)))
      }
    }
  }
}
