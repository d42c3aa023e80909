import Foundation
import TestSupport
import Testing

@testable import Files

@Suite("NumPy files")
struct NumpyArrayTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A file with a header of the given text, padded as NumPy does.
  private func write(
    _ header: String,
    _ payload: Data,
    version: UInt8 = 1,
    length: UInt32? = nil,
    magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  ) throws -> String {
    let text = header + String(repeating: " ", count: 63 - header.utf8.count % 64) + "\n"
    let size = length ?? UInt32(text.utf8.count)
    var file = Data(magic + [version, 0])
    let widths = version == 1 ? 2 : 4
    withUnsafeBytes(of: size.littleEndian) { file.append(contentsOf: $0.prefix(widths)) }
    file += Data(text.utf8) + payload
    try file.write(to: URL(fileURLWithPath: folder("a.npy")))
    return folder("a.npy")
  }

  private func header(_ type: String, order: String = "False", shape: String) -> String {
    "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }"
  }

  private func bytes<Number>(_ numbers: [Number]) -> Data {
    numbers.withUnsafeBytes { Data($0) }
  }

  private func message(_ path: String) -> String {
    do throws(NumpyArray.Fault) {
      return "taken with shape \(try NumpyArray(path: path).shape)"
    } catch { return error.localizedDescription }
  }

  @Test("every type and version is read", arguments: [1, 2, 3] as [UInt8])
  func types(version: UInt8) throws {
    let payloads = [
      ("<f4", bytes([-1.5, 2, 3e7] as [Float])), ("<f8", bytes([-1.5, 2, 3e7])),
      ("<i2", bytes([-3, 2, 30_000] as [Int16])), ("<i4", bytes([-3, 2, 1 << 24] as [Int32])),
      ("<i8", bytes([-3, 2, 1 << 40])), ("|u1", bytes([200, 2, 255] as [UInt8])),
      ("<f2", bytes([0xBE00, 0x4000, 0x7BFF] as [UInt16])), ("|i1", bytes([-3, 2, 127] as [Int8])),
      ("<u2", bytes([3, 2, 65_535] as [UInt16])), ("<u4", bytes([3, 2, 1 << 31] as [UInt32])),
      ("<u8", bytes([3, 2, 1 << 63] as [UInt64])), ("|b1", bytes([1, 2, 0] as [UInt8])),
    ]
    let expected: [[Float]] = [
      [-1.5, 2, 3e7], [-1.5, 2, 3e7], [-3, 2, 30_000], [-3, 2, 16_777_216],
      [-3, 2, 1_099_511_627_776], [200, 2, 255], [-1.5, 2, 65_504], [-3, 2, 127], [3, 2, 65_535],
      [3, 2, 2_147_483_648], [3, 2, 9_223_372_036_854_775_808], [1, 1, 0],
    ]
    for ((type, payload), expected) in zip(payloads, expected) {
      let path = try write(header(type, shape: "(3, 1)"), payload, version: version)
      let array = try NumpyArray(path: path)
      #expect(
        array.shape == [3, 1] && array.count == 3
          && "<" + array.type.rawValue == type.replacing("|", with: "<")
      )
      #expect(array.floats(0..<3) == expected && array.floats(1..<2) == expected[1..<2].map { $0 })
      // The same with the highest byte first.
      let size = array.type.size
      let swapped = Data(payload.indices.map { payload[$0 / size * size + size - 1 - $0 % size] })
      let other = try write(
        header(type.replacing("<", with: ">"), shape: "(3, 1)"),
        swapped,
        version: version
      )
      #expect(try NumpyArray(path: other).floats(0..<3) == expected)
    }
  }

  @Test("elements in Fortran order come out in row-major order, in whole and in part")
  func fortran() throws {
    // numpy.asfortranarray([[0, 1, 2], [3, 4, 5]]) lies in memory as 0 3 1 4 2 5.
    let path = try write(
      header("<f4", order: "True", shape: "(2, 3)"),
      bytes([0, 3, 1, 4, 2, 5] as [Float])
    )
    let array = try NumpyArray(path: path)
    #expect(array.shape == [2, 3])
    #expect(array.floats(0..<6) == [0, 1, 2, 3, 4, 5])
    for lower in 0...6 {
      for upper in lower...6 {
        #expect(array.floats(lower..<upper) == (lower..<upper).map { Float($0) })
      }
    }
    // numpy.arange(24).reshape(2, 3, 4) in Fortran order: element [i, j, k] lies at i + 2 j + 6 k.
    var cube = [Int16](repeating: 0, count: 24)
    for place in 0..<24 {
      cube[place] = Int16(place % 2 * 12 + place / 2 % 3 * 4 + place / 6)
    }
    let whole = try NumpyArray(
      path: write(header("<i2", order: "True", shape: "(2, 3, 4)"), bytes(cube))
    )
    #expect(whole.floats(0..<24) == (0..<24).map { Float($0) })
    #expect(whole.floats(7..<9) == [7, 8])
  }

  @Test("bytes behind the elements are passed over")
  func trailing() throws {
    let array = try NumpyArray(
      path: write(header("<f4", shape: "(3,)"), bytes([1, 2, 3, 4] as [Float]))
    )
    #expect(array.count == 3 && array.floats(0..<3) == [1, 2, 3])
  }

  @Test(
    "arrays of one number, of one extent and of nothing",
    arguments: [("()", 1), ("(2,)", 2), ("(0, 7)", 0)]
  )
  func shapes(shape: String, count: Int) throws {
    let path = try write(header("<f4", shape: shape), bytes([Float](repeating: 5, count: count)))
    let array = try NumpyArray(path: path)
    #expect(array.count == count && array.floats(0..<count) == [Float](repeating: 5, count: count))
  }

  @Test("pickles and other types are refused with what to do")
  func refusals() throws {
    let payload = bytes([1, 2, 3, 4] as [Float])
    #expect(
      message(try write(header("|O", shape: "(4,)"), payload)).contains(
        "pickles, which can run code"
      )
    )
    #expect(message(try write(header("<c8", shape: "(2,)"), payload)).contains("<c8"))
    let records = "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (4,), }"
    #expect(message(try write(records, payload)).contains("records"))
    #expect(message(try write("{}", payload)).contains("numpy.save"))
    try folder.write("PK\u{3}\u{4} and more of it", to: "a.npz")
    #expect(message(folder("a.npz")).contains("(.npz)"))
    try folder.write("words", to: "words.npy")
    try folder.write("", to: "empty.npy")
    #expect(message(folder("words.npy")).contains("this is no NumPy file"))
    #expect(message(folder("empty.npy")).contains("no file with content"))
    #expect(message(folder("none.npy")).contains("check the path"))
    #expect(message(folder.path).contains("no file with content"))
  }

  @Test(
    "sizes that cannot be are refused before anything is read",
    arguments: [
      "(5,)", "(9223372036854775807,)", "(4611686018427387904, 4)", "(-4,)",
      "(99999999999999999999,)", "(2, 2", "4", "(9223372036854775807, 9223372036854775807, 0)",
    ]
  )
  func sizes(shape: String) throws {
    let text = message(try write(header("<f4", shape: shape), bytes([1, 2, 3, 4] as [Float])))
    #expect(!text.hasPrefix("taken"), "\(text)")
  }

  @Test(
    "header lengths that cannot be are refused",
    arguments: [0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF, 0] as [UInt32]
  )
  func lengths(length: UInt32) throws {
    for version: UInt8 in [1, 2, 3] {
      let path = try write(
        header("<f4", shape: "(1,)"),
        bytes([1] as [Float]),
        version: version,
        length: length
      )
      #expect(!message(path).hasPrefix("taken"))
    }
    #expect(
      message(try write(header("<f4", shape: "(1,)"), bytes([1] as [Float]), version: 9)).contains(
        "version"
      )
    )
  }

  @Test("what is written is read", arguments: [[7], [3, 128], [1, 1, 1]])
  func written(shape: [Int]) throws {
    let values = (0..<shape.reduce(1, *)).map { Float($0) / 7 }
    let header = NumpyArray.header(ofFloats: shape)
    #expect(header.count % 64 == 0)
    try (Data(header) + bytes(values)).write(to: URL(fileURLWithPath: folder("b.npy")))
    let array = try NumpyArray(path: folder("b.npy"))
    #expect(array.shape == shape && array.floats(0..<array.count) == values)
  }
}
