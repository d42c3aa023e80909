import Foundation
import TestSupport
import Testing

@testable import Tensors

@Suite struct TensorFileTests {
  private var sample: TensorFile {
    var file = TensorFile()
    file.add(Tensor([1, -2, 3.5, .infinity], [2, 2]), named: "a.weight")
    file.add([0.1, 0.2], named: "log")
    file.metadata = ["task": "badd", "odd": "quote \" slash \\ line\n tab\t ünï"]
    return file
  }

  @Test("what is written is read back, and equal contents give equal bytes")
  func roundTrip() throws {
    let file = try TensorFile(parsing: sample.encoded())
    #expect(try file.tensor("a.weight") == Tensor([1, -2, 3.5, .infinity], [2, 2]))
    #expect(try file.numbers("log") == [0.1, 0.2])
    #expect(file.metadata == sample.metadata)
    #expect(try file.encoded() == sample.encoded())
  }

  @Test("a file that was cut off anywhere is refused")
  func truncated() throws {
    let data = try sample.encoded()
    for length in 0..<data.count {
      #expect(throws: TensorFileError.self) { try TensorFile(parsing: data.prefix(length)) }
    }
  }

  @Test(
    "lying headers are refused",
    arguments: [
      #"{"a":{"dtype":"F32","shape":[9223372036854775807,9],"data_offsets":[0,4]}}"#,
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#,
      #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#,
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#,
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775807]}}"#,
      #"{"a":{"dtype":"X9","shape":[1],"data_offsets":[0,4]}}"#,
      #"{"a":{"shape":[1]}}"#, #"{"a":7}"#, #"[1,2]"#, #"{"__metadata__":{"x":1}}"#, "{", "",
    ]
  )
  func lyingHeader(header: String) {
    var data = Data()
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(contentsOf: header.utf8)
    data.append(Data(count: 4))
    #expect(throws: TensorFileError.self) { try TensorFile(parsing: data) }
  }

  /// A file of a header and bytes behind it.
  private func file(_ header: String, _ body: [UInt8]) -> Data {
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) } + Data(header.utf8)
      + Data(body)
  }

  @Test(
    "a tensor that is named twice, and metadata that are no text, are named",
    arguments: [
      (
        #"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
        .nameTwice("w")
      ),
      (
        #"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\u0077":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
        .nameTwice("w")
      ),
      (
        #"{"a\"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a\"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
        .nameTwice("a\"b")
      ),
      (
        #"{"__metadata__":{"a":"x","step":0},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
        .badMetadata(key: "step")
      ),
    ] as [(String, TensorFileError)]
  )
  func namedFaults(header: String, fault: TensorFileError) {
    #expect(throws: fault) {
      try TensorFile(parsing: self.file(header, [UInt8](repeating: 0, count: 8)))
    }
  }

  @Test("names may look like parts of the syntax")
  func oddNames() throws {
    let header =
      #"{"a\"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"{\\":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#
    let read = try TensorFile(parsing: file(header, [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40]))
    #expect(try read.tensor("a\"b").elements == [1] && read.tensor("{\\").elements == [2])
  }

  @Test("numbers of 16 and 64 bits become those of 32")
  func widths() throws {
    // 1.5 and -2 as F16, BF16 and F64.
    let header = #"""
      {"h":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},
      "b":{"dtype":"BF16","shape":[2],"data_offsets":[4,8]},
      "d":{"dtype":"F64","shape":[1,2],"data_offsets":[8,24]},
      "i":{"dtype":"I16","shape":[1],"data_offsets":[24,26]}}
      """#
    let body: [UInt8] =
      [0x00, 0x3E, 0x00, 0xC0, 0xC0, 0x3F, 0x00, 0xC0, 0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0, 0, 0, 0]
      + [0, 0, 0, 0xC0, 7, 0]
    let read = try TensorFile(parsing: file(header, body))
    #expect(try read.tensor("h") == Tensor([1.5, -2], [2]))
    #expect(try read.tensor("b") == Tensor([1.5, -2], [2]))
    #expect(try read.tensor("d") == Tensor([1.5, -2], [1, 2]))
    #expect(throws: TensorFileError.wrongType("i", found: "I16", expected: "F32")) {
      try read.tensor("i")
    }
    #expect(read.unusedBytes == 0)
    #expect(try TensorFile(parsing: file(header, body + [1, 2, 3])).unusedBytes == 3)
  }

  @Test(
    "a header of very many parts is refused before it is read",
    arguments: ["{},", "[],", "\"a\":1,", "0,"]
  )
  func manyParts(part: String) {
    let header = "{\"a\":[" + String(repeating: part, count: 1_000_001) + "0]}"
    var data = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
    data.append(contentsOf: header.utf8)
    let error = #expect(throws: TensorFileError.self) { try TensorFile(parsing: data) }
    #expect(error?.localizedDescription.contains("more than") == true)
  }

  @Test("a file that is written in parts shares the memory of its tensors")
  func parts() throws {
    let count = 1 << 19
    var tensor = Tensor(repeating: 1, [count])
    var file = TensorFile()
    file.add(tensor, named: "b")
    for name in ["a", "c", "d"] { file.add(Tensor([2, 3], [2]), named: name) }
    let address = tensor.withElements { UInt(bitPattern: $0.baseAddress) }
    var parts: [UInt] = []
    try file.write { parts.append(UInt(bitPattern: $0.baseAddress)) }
    #expect(parts.count == 3 && parts[1] == address, "the large one as it lies there")
    // What is written stays as it was added.
    tensor.withMutablePointer { $0[0] = 9 }
    let read = try TensorFile(parsing: file.encoded())
    #expect(try read.tensor("b") == Tensor(repeating: 1, [count]))
    #expect(try read.tensor("d").elements == [2, 3])
    #expect(tensor.withElements { $0[0] } == 9)
  }

  @Test("signs within texts count for nothing, and what would not be read again is not written")
  func texts() throws {
    var file = TensorFile()
    file.metadata["words"] = String(repeating: "{[:,\"\\", count: 200_000)
    let read = try TensorFile(parsing: file.encoded())
    #expect(read.metadata == file.metadata)
    file.metadata["more"] = String(repeating: "x", count: 8 << 20)
    #expect(throws: TensorFileError.self) { try file.encoded() }
    var many = TensorFile()
    for index in 0...10_000 { many.add(Tensor([1], [1]), named: "\(index)") }
    #expect(throws: TensorFileError.self) { try many.encoded() }
  }

  @Test("a header length near 2^64 is refused")
  func hugeHeader() {
    #expect(throws: TensorFileError.headerTooLong(length: .max, bytes: 16)) {
      try TensorFile(parsing: Data(repeating: 0xFF, count: 16))
    }
  }
}
