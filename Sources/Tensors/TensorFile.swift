import Foundation
import Wording

/// Named arrays and string metadata in the safetensors layout: a little-endian 64-bit header length, a
/// JSON header, then the data.
package struct TensorFile: Sendable {
  /// One array as stored in the file.
  package struct Entry: Sendable {
    package let type: ElementType
    package let shape: [Int]
    /// Little-endian elements in row-major order.
    package let bytes: Data
  }

  /// The element types that are read; the raw values are the layout's names.
  package enum ElementType: String, Sendable {
    case float64 = "F64"
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"
    case float8E4M3 = "F8_E4M3"
    case float8E5M2 = "F8_E5M2"
    case int64 = "I64"
    case int32 = "I32"
    case int16 = "I16"
    case int8 = "I8"
    case uint64 = "U64"
    case uint32 = "U32"
    case uint16 = "U16"
    case uint8 = "U8"
    case boolean = "BOOL"

    /// The number of bytes of one element.
    package var size: Int {
      switch self {
      case .float64, .int64, .uint64: 8
      case .float32, .int32, .uint32: 4
      case .float16, .bfloat16, .int16, .uint16: 2
      case .float8E4M3, .float8E5M2, .int8, .uint8, .boolean: 1
      }
    }

    /// True if parameters may have this type.
    package var isFloat: Bool {
      switch self {
      case .float64, .float32, .float16, .bfloat16: true
      default: false
      }
    }
  }

  package var entries: [String: Entry] = [:]
  package var metadata: [String: String] = [:]
  /// The number of bytes of the file that belong to no array.
  package internal(set) var unusedBytes = 0

  package init() {}

  /// Adds a float32 array, whose bytes are shared with the tensor.
  package mutating func add(_ tensor: Tensor, named name: String) {
    entries[name] = Entry(
      type: .float32,
      shape: tensor.shape.dimensions,
      bytes: tensor.bytes
    )
  }

  /// Adds an array rounded to float16; numbers beyond its range become infinite.
  package mutating func addHalf(_ tensor: Tensor, named name: String) {
    entries[name] = Entry(
      type: .float16,
      shape: tensor.shape.dimensions,
      bytes: tensor.withElements { elements in
        var bytes = Data(capacity: 2 * elements.count)
        for element in elements {
          withUnsafeBytes(of: Float16(element).bitPattern.littleEndian) {
            bytes.append(contentsOf: $0)
          }
        }
        return bytes
      }
    )
  }

  /// Adds an array of bytes.
  package mutating func add(bytes: Data, named name: String, _ shape: [Int]) {
    entries[name] = Entry(type: .uint8, shape: shape, bytes: bytes)
  }

  /// Adds a one-dimensional array of float64 numbers.
  package mutating func add(_ numbers: [Double], named name: String) {
    entries[name] = Entry(
      type: .float64,
      shape: [numbers.count],
      bytes: numbers.withUnsafeBufferPointer { Data(buffer: $0) }
    )
  }

  /// Returns the array of that name as float32: float16 and bfloat16 are widened, float64 is rounded.
  ///
  /// - Throws: `TensorFileError` if there is none, or it has another type.
  package func tensor(_ name: String) throws(TensorFileError) -> Tensor {
    guard let entry = entries[name] else { throw .missingTensor(name) }
    let numbers: [Float]
    switch entry.type {
    case .float32:
      let count = Shape(entry.shape).count
      return Tensor(Shape(entry.shape)) { out in
        _ = entry.bytes.copyBytes(to: UnsafeMutableBufferPointer(start: out, count: count))
      }
    case .float16:
      numbers = entry.bytes.elements(UInt16.self).map { Float(Float16(bitPattern: $0)) }
    case .bfloat16:
      numbers = entry.bytes.elements(UInt16.self).map { Float(bitPattern: UInt32($0) << 16) }
    case .float64:
      numbers = entry.bytes.elements(UInt64.self).map { Float(Double(bitPattern: $0)) }
    default:
      throw .wrongType(
        name,
        found: entry.type.rawValue,
        expected: ElementType.float32.rawValue
      )
    }
    return Tensor(numbers, Shape(entry.shape))
  }

  /// Returns the float64 numbers of that name.
  ///
  /// - Throws: as `tensor(_:)`.
  package func numbers(_ name: String) throws(TensorFileError) -> [Double] {
    let entry = try entry(name, .float64)
    return entry.bytes.elements(UInt64.self).map { Double(bitPattern: $0) }
  }

  /// Returns the byte array of that name.
  ///
  /// - Throws: as `tensor(_:)`.
  package func bytes(_ name: String) throws(TensorFileError) -> (shape: [Int], bytes: Data) {
    let entry = try entry(name, .uint8)
    return (entry.shape, entry.bytes)
  }

  private func entry(_ name: String, _ type: ElementType) throws(TensorFileError) -> Entry {
    guard let entry = entries[name] else { throw .missingTensor(name) }
    guard entry.type == type else {
      throw .wrongType(name, found: entry.type.rawValue, expected: type.rawValue)
    }
    return entry
  }
}

extension Data {
  fileprivate func elements<T: FixedWidthInteger>(_ type: T.Type) -> [T] {
    withUnsafeBytes { raw in
      (0..<raw.count / MemoryLayout<T>.size).map {
        T(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * MemoryLayout<T>.size, as: T.self))
      }
    }
  }
}

/// An error in reading or writing named arrays.
package enum TensorFileError: Error, Equatable, LocalizedError {
  case tooShort(bytes: Int)
  case headerTooLong(length: UInt64, bytes: Int)
  /// A header that would be too long to be read back.
  case unreadableHeader(bytes: Int, limit: Int)
  case badHeader(String)
  case badEntry(name: String, String)
  /// A name that two arrays have.
  case nameTwice(String)
  /// Metadata that are not text.
  case badMetadata(key: String)
  case missingTensor(String)
  case wrongType(String, found: String, expected: String)

  package var errorDescription: String? {
    switch self {
    case .tooShort(let bytes):
      "the file has only \(counted(bytes, "byte")): it is not a safetensors file, or was cut off"
    case .headerTooLong(let length, let bytes):
      """
      the file announces a header of \(length) bytes but has \(bytes): it is not a safetensors file, \
      or was cut off
      """
    case .unreadableHeader(let bytes, let limit):
      "the header of the file would have \(bytes) bytes, more than the \(limit) that are read again: use fewer or shorter names"
    case .badHeader(let problem): "the safetensors header is damaged: \(problem)"
    case .badEntry(let name, let problem): "the entry `\(name)` is damaged: \(problem)"
    case .nameTwice(let name): "the file names `\(name)` twice"
    case .badMetadata(let key): "its metadata hold something under `\(key)` that is no text"
    case .missingTensor(let name): "the file holds no tensor named `\(name)`"
    case .wrongType(let name, let found, let expected):
      "the tensor `\(name)` is of type \(found), not \(expected)"
    }
  }
}
