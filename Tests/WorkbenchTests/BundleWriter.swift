import Foundation
import Networks
import Tensors

/// Writes variables as TensorFlow does: an index table of two blocks, and one file of data.
enum BundleWriter {
  /// - Parameter path: without `.index`.
  static func write(_ variables: [(name: String, value: Tensor)], to path: String) throws {
    var data = Data()
    var entries: [(key: String, value: Data)] = [("", message([(1, 1), (2, 0)]))]
    for (name, tensor) in variables.sorted(by: { $0.name < $1.name }) {
      let bytes = tensor.withElements { Data(buffer: $0) }
      var shape = Data()
      for extent in tensor.shape.dimensions {
        let dimension = message([(1, UInt64(extent))])
        shape += [0x12] + varint(UInt64(dimension.count)) + dimension
      }
      var entry = message([(1, 1)])
      entry += [0x12] + varint(UInt64(shape.count)) + shape
      entry += message([(4, UInt64(data.count)), (5, UInt64(bytes.count))])
      entry += [0x35] + fixed32(Checksum.masked(bytes))
      entries.append((name, entry))
      data += bytes
    }
    var file = Data()
    func place(_ block: Data) -> Data {
      let content = block + [0]
      let handle = varint(UInt64(file.count)) + varint(UInt64(block.count))
      file += content + fixed32(Checksum.masked(content))
      return handle
    }
    let middle = entries.count / 2
    let blocks = [Array(entries[..<middle]), Array(entries[middle...])].map { part in
      (key: part.last?.key ?? "", value: place(block(part)))
    }
    let (empty, index) = (place(block([])), place(block(blocks)))
    var footer = empty + index
    footer += Data(repeating: 0, count: 40 - footer.count)
    file += footer + [0x57, 0xFB, 0x80, 0x8B, 0x24, 0x75, 0x47, 0xDB]
    try file.write(to: URL(fileURLWithPath: path + ".index"))
    try data.write(to: URL(fileURLWithPath: path + ".data-00000-of-00001"))
  }

  /// The variables of a network of a form, with the optimizer's moments and its counter.
  static func variables(
    of spec: ModelSpec,
    seed: UInt64,
    step: Int
  ) -> [(name: String, value: Tensor)] {
    var variables: [(name: String, value: Tensor)] = [("step", Tensor([Float(step + 1)], []))]
    for (path, parameter) in spec.makeModel(seed: seed).parameters {
      guard let name = ReleasedNames.variable(for: path, of: spec) else { continue }
      let zeros = Tensor(zeros: parameter.shape)
      variables += [
        (name, parameter.value), (name + "/RAdam", zeros), (name + "/RAdam_1", zeros),
      ]
    }
    return variables
  }

  private static func block(_ entries: [(key: String, value: Data)]) -> Data {
    var block = Data()
    var last: [UInt8] = []
    for (key, value) in entries {
      let bytes = Array(key.utf8)
      let shared = zip(last, bytes).prefix { $0 == $1 }.count
      block += varint(UInt64(shared)) + varint(UInt64(bytes.count - shared))
      block += varint(UInt64(value.count)) + bytes[shared...] + value
      last = bytes
    }
    return block + fixed32(0) + fixed32(1)
  }

  private static func message(_ fields: [(number: UInt64, value: UInt64)]) -> Data {
    fields.reduce(into: Data()) { $0 += varint($1.number << 3) + varint($1.value) }
  }

  private static func varint(_ value: UInt64) -> Data {
    var (rest, bytes) = (value, Data())
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
    return bytes
  }

  private static func fixed32(_ value: UInt32) -> Data {
    withUnsafeBytes(of: value.littleEndian) { Data($0) }
  }
}
