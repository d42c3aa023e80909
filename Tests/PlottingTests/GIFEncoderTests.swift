import TestSupport
import Testing

@testable import Plotting

@Suite("GIF encoder")
struct GIFEncoderTests {
  /// The sample of M. Flickinger, "What's in a GIF": three bands of red and blue around a white square.
  @Test("a published picture gets its published codes")
  func publishedCodes() {
    let outer: [UInt8] = [1, 1, 1, 1, 1, 2, 2, 2, 2, 2]
    let inner: [UInt8] = [1, 1, 1, 0, 0, 0, 0, 2, 2, 2]
    let upper = outer + outer + outer + inner + inner
    let codes: [UInt8] = [
      0x8C, 0x2D, 0x99, 0x87, 0x2A, 0x1C, 0xDC, 0x33, 0xA0, 0x02, 0x75, 0xEC, 0x95, 0xFA, 0xA8,
      0xDE, 0x60, 0x8C, 0x04, 0x91, 0x4C, 0x01,
    ]
    #expect(LZWEncoder.encode(upper + upper.reversed(), bits: 2) == codes)
  }

  @Test("codes of all lengths are read back, also behind a full table", arguments: 2...8)
  func codes(bits: Int) throws {
    var random = SeededRandom(seed: UInt64(bits))
    for count in [0, 1, 2, 3, 100, 5_000, 30_000] {
      let noise = (0..<count).map { _ in
        UInt8.random(in: 0..<UInt8(1 << (bits - 1)), using: &random)
      }
      let lines = (0..<count).map { UInt8($0 / 97 % (1 << bits)) }
      for indices in [noise, lines] {
        let coded = LZWEncoder.encode(indices, bits: bits)
        #expect(try GIFFile.decoded(coded, bits: bits) == indices)
      }
    }
  }

  @Test("pictures of few colours come back exactly, with their places and delays")
  func animation() throws {
    let colors: [UInt32] = [0x000000, 0xFF0000, 0x0072B2]
    let rasters = try colors.map { color in
      var list = DrawList(size: Size(20, 10))
      list.rectangle(Rect(x: 4, y: 2, width: 6, height: 5), fill: Color(color))
      return try Raster(list, scale: 1)
    }
    var encoder = GIFEncoder()
    for (raster, time) in zip(rasters, [700, 45, 2500]) {
      encoder.add(raster, milliseconds: time, provenance: ["Script": "plot"])
    }
    let file = try GIFFile(encoder.finish())
    #expect(file.width == 20 && file.height == 10 && file.repeats)
    #expect(file.comments == ["Script: plot"])
    #expect(file.delays == [70, 5, 250])
    #expect(file.pictures == rasters.map(\.rgb))
    #expect(file.parts == [[0, 0, 20, 10], [4, 2, 6, 5], [4, 2, 6, 5]])
  }

  @Test("delays that are no hundredths of a second do not add up to another duration")
  func delays() throws {
    let raster = try Raster(DrawList(size: Size(2, 2)), scale: 1)
    var encoder = GIFEncoder()
    for _ in 0..<40 { encoder.add(raster, milliseconds: 33, provenance: [:]) }
    let file = try GIFFile(encoder.finish())
    #expect(file.delays.reduce(0, +) == 132)
    #expect(Set(file.delays) == [3, 4])
  }

  @Test("of many colours the most frequent one stays as it is, and the others stay near")
  func manyColors() throws {
    let ground = Color(0x16191E)
    var rgb = [UInt8](repeating: 0, count: 0)
    for index in 0..<4096 {
      let color = [UInt8(index & 15) * 17, UInt8(index >> 4 & 15) * 17, UInt8(index >> 8) * 17]
      rgb += color + [ground.red, ground.green, ground.blue]
    }
    let table = ColorTable(rgb: rgb)
    #expect(table.colors.count == 256 && table.bits == 8)
    let shown = table.indices(ofRGB: rgb).map { table.colors[Int($0)] }
    #expect(stride(from: 1, to: shown.count, by: 2).allSatisfy { shown[$0] == ground })
    for (place, color) in shown.enumerated() {
      let wanted = rgb[(place * 3)..<(place * 3 + 3)].map(Int.init)
      let given = [color.red, color.green, color.blue].map(Int.init)
      #expect(zip(wanted, given).allSatisfy { abs($0 - $1) <= 68 })
    }
  }
}

/// A GIF file read back.
private struct GIFFile {
  private(set) var width = 0
  private(set) var height = 0
  private(set) var repeats = false
  private(set) var comments: [String] = []
  /// Hundredths of a second.
  private(set) var delays: [Int] = []
  /// Left, upper edge, width and height of what each picture brings.
  private(set) var parts: [[Int]] = []
  /// What is to be seen after each picture, with three bytes a pixel.
  private(set) var pictures: [[UInt8]] = []

  init(_ bytes: [UInt8]) throws {
    try #require(bytes.starts(with: "GIF89a".utf8))
    func word(_ place: Int) -> Int { Int(bytes[place]) | Int(bytes[place + 1]) << 8 }
    (width, height) = (word(6), word(8))
    try #require(bytes[10] & 0x80 == 0)
    var next = 13
    func blocks() -> [UInt8] {
      var data: [UInt8] = []
      while bytes[next] != 0 {
        data += bytes[(next + 1)..<(next + 1 + Int(bytes[next]))]
        next += 1 + Int(bytes[next])
      }
      next += 1
      return data
    }
    var canvas = [UInt8](repeating: 0, count: width * height * 3)
    while bytes[next] != 0x3B {
      if bytes[next] == 0x21 {
        let label = bytes[next + 1]
        next += 2
        let data = blocks()
        if label == 0xFE { comments.append(String(decoding: data, as: UTF8.self)) }
        if label == 0xF9 { delays.append(Int(data[1]) | Int(data[2]) << 8) }
        if label == 0xFF { repeats = data == Array("NETSCAPE2.0".utf8) + [1, 0, 0] }
        continue
      }
      try #require(bytes[next] == 0x2C)
      let part = [1, 3, 5, 7].map { word(next + $0) }
      parts.append(part)
      let colors = 2 << Int(bytes[next + 9] & 7)
      let table = Array(bytes[(next + 10)...].prefix(colors * 3))
      next += 10 + colors * 3
      let bits = Int(bytes[next])
      next += 1
      let indices = try Self.decoded(blocks(), bits: bits)
      try #require(indices.count == part[2] * part[3])
      for (place, index) in indices.enumerated() {
        let (x, y) = (part[0] + place % part[2], part[1] + place / part[2])
        let color = table[(Int(index) * 3)..<(Int(index) * 3 + 3)]
        canvas.replaceSubrange((y * width + x) * 3..<(y * width + x) * 3 + 3, with: color)
      }
      pictures.append(canvas)
    }
    try #require(next == bytes.count - 1)
  }

  /// Reads codes as appendix F of the specification says.
  static func decoded(_ bytes: [UInt8], bits: Int) throws -> [UInt8] {
    var place = 0
    func code(_ width: Int) throws -> Int {
      try #require(place + width <= bytes.count * 8, "the codes end with the one that says so")
      let bit = (0..<width).reduce(0) { code, shift in
        let at = place + shift
        return code | Int(bytes[at / 8] >> UInt8(at % 8) & 1) << shift
      }
      place += width
      return bit
    }
    let clear = 1 << bits
    var strings: [[UInt8]] = []
    var (width, last, output) = (bits + 1, [UInt8](), [UInt8]())
    while true {
      let code = try code(width)
      if code == clear + 1 { return output }
      if code == clear {
        strings = (0..<clear).map { [UInt8($0)] } + [[], []]
        (width, last) = (bits + 1, [])
        continue
      }
      try #require(code <= strings.count)
      let string = code < strings.count ? strings[code] : last + last.prefix(1)
      if !last.isEmpty, strings.count < 4096 { strings.append(last + string.prefix(1)) }
      if strings.count == 1 << width, width < 12 { width += 1 }
      output += string
      last = string
    }
  }
}
