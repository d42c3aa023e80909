import Files
import Foundation
import TestSupport
import Testing

@testable import Words

@Suite struct VectorFileTests {
  /// `2 3`, `the 0.5 -1 0.25`, `cat 1e-1 2 -0.5`, packed by gzip.
  private static let packed =
    Data(base64Encoded: "H4sIAAAAAAAC/zNSMOYqyUhVMNAzVdA1BFJGplzJiSUKhqlAnpGCLlCcCwBQQe3mJAAAAA==")
    ?? Data()

  private func read(
    _ text: String,
    first: Int = 100,
    wanted: [String] = [],
    in folder: TemporaryFolder
  ) throws -> Vocabulary {
    try read(bytes: Array(text.utf8), first: first, wanted: wanted, in: folder).vocabulary
  }

  /// A vocabulary of a file of these bytes, and what was told.
  private func read(
    bytes: [UInt8],
    first: Int = 100,
    wanted: [String] = [],
    in folder: TemporaryFolder
  ) throws -> (vocabulary: Vocabulary, remarks: [String]) {
    let table = WordTable()
    for word in wanted { table.add(word) }
    try Data(bytes).write(to: URL(fileURLWithPath: folder("v.vec")))
    var remarks: [String] = []
    let vocabulary = try VectorFile(path: folder("v.vec"), name: "v.vec").vocabulary(
      first: first,
      wanted: table,
      cache: CacheFolder(folder("cache"), of: "vectors")
    ) { if case .remark(let remark) = $0 { remarks.append(remark) } }
    return (vocabulary, remarks)
  }

  /// The words of a vocabulary in their order.
  private func words(_ vocabulary: Vocabulary) -> [String] {
    (0..<UInt32(vocabulary.words.count)).map(vocabulary.words.word)
  }

  @Test("vectors are those of the file but for a factor and 1/254 of their largest values")
  func values() throws {
    let folder = try TemporaryFolder()
    let numbers: [Float] = (0..<600).map { Float(sin(Double($0) * 1.7)) * Float($0 % 7 + 1) }
    let text = (0..<60).map { word in
      "w\(word) " + numbers[word * 10..<(word + 1) * 10].map { "\($0)" }.joined(separator: " ")
        + "\n"
    }
    let vectors = try #require(try read("60 10\n" + text.joined(), in: folder).vectors)
    let values = vectors.values(of: (0..<60).map(Int32.init))
    let squares = values.reduce(0.0) { $0 + Double($1 * $1) }
    #expect(abs((squares / 600).squareRoot() - 0.25) < 1e-5)
    let factor =
      values[0...].reduce(0) { max($0, abs($1)) } / numbers.reduce(0) { max($0, abs($1)) }
    for word in 0..<60 {
      let own = word * 10..<(word + 1) * 10
      let largest = numbers[own].reduce(0) { max($0, abs($1)) }
      for index in own {
        #expect(abs(values[index] / factor - numbers[index]) <= 0.006 * largest, "\(index)")
      }
    }
    #expect(vectors.values(of: [-1, 3]).prefix(10).allSatisfy { $0 == 0 })
  }

  @Test("the first words and those that are wanted are taken, each once, also from what was kept")
  func choice() throws {
    let folder = try TemporaryFolder()
    let text = "a 1 0\nb 0 1\nc 1 1\nb 5 5\nd 2 2\n"
    for _ in 0..<2 {
      let vocabulary = try read(text, first: 2, wanted: ["d", "z", "b"], in: folder)
      #expect(vocabulary.words.count == 3)
      #expect(["a", "b", "d", "c"].map(vocabulary.number(of:)) == [4, 5, 6, 1])
      let rows = try #require(vocabulary.vectors).rows
      #expect(rows == [127, 0, 0, 127, 127, 127])
    }
    #expect(try folder.names().contains("cache"))
  }

  @Test("a packed file is read, and one that was kept is made anew when it is damaged")
  func packedAndDamaged() throws {
    let folder = try TemporaryFolder()
    try Self.packed.write(to: URL(fileURLWithPath: folder("v.vec.gz")))
    func rows() throws -> [Int8]? {
      try VectorFile(path: folder("v.vec.gz"), name: "v").vocabulary(
        first: 9,
        wanted: WordTable(),
        cache: CacheFolder(folder("cache"), of: "vectors")
      ) { _ in }.vectors?.rows
    }
    #expect(try rows() == [64, -127, 32, 6, 127, -32])
    let names = try FileManager.default.contentsOfDirectory(atPath: folder("cache"))
    let kept = folder("cache/" + (try #require(names.first { $0.hasSuffix(".vectors") })))
    var bytes = try Data(contentsOf: URL(fileURLWithPath: kept))
    bytes[2] ^= 1
    try bytes.write(to: URL(fileURLWithPath: kept))
    #expect(try rows() == [64, -127, 32, 6, 127, -32])
    try bytes.prefix(20).write(to: URL(fileURLWithPath: kept))
    #expect(try rows() == [64, -127, 32, 6, 127, -32])
  }

  @Test(
    "what cannot be read is skipped and told, the second time, too",
    arguments: [
      (
        "2 3\na 1 2 3\nb 1 2\n", ["a"],
        ["line 3 skipped: there are not 3 finite numbers at its end"]
      ),
      (
        "3 2\na 1 2\nb 1 2\nc 2", ["a", "b"],
        ["line 4 skipped: there are not 2 finite numbers at its end"]
      ),
      (
        "3 2\na 1 2\nb 1 2\n", ["a", "b"],
        [
          "line 1 promises 3 words of 2 numbers, for which the file of 16 bytes is too short: it may be cut off"
        ]
      ),
      ("3 2\na 0.25 2\nb 1.5 2\n", ["a", "b"], ["line 1 promises 3 words, the file holds 2"]),
      ("1 2\na 1 2\nb 1 2\n", ["a", "b"], ["line 1 promises 1 word, the file holds 2"]),
      (
        "2 2\na 1 2\nb nan 1\n", ["a"],
        ["line 3 skipped: there are not 2 finite numbers at its end"]
      ),
      (
        "a 1 2\nb 1 1e99\nc 3 inf\n", ["a"],
        ["2 lines skipped, the first is line 2: there are not 2 finite numbers at its end"]
      ),
      ("a 1 2\n 3 4\nb 5 6\n", ["a", "b"], ["line 2 skipped: there is no word"]),
      (
        "900 300\na 1 2\n", ["a"],
        [
          "line 1 promises 900 words of 300 numbers, for which the file of 14 bytes is too short: it may be cut off",
          "line 1 promises 300 numbers for each word, where the lines have 2",
        ]
      ),
    ] as [(String, [String], [String])]
  )
  func skipped(text: String, words: [String], told: [String]) throws {
    let folder = try TemporaryFolder()
    for _ in 0..<2 {
      let (vocabulary, remarks) = try read(bytes: Array(text.utf8), in: folder)
      #expect(self.words(vocabulary) == words)
      #expect(remarks == told)
    }
  }

  @Test(
    "the last numbers are the vector, what is before them is the word; ends of lines and marks do not matter",
    arguments: [
      "the 1 -1\n, 0.5 1\n. . . 1 2\nat name@domain.com 2 2\n2003 0 1\n",
      "\u{FEFF}the 1 -1\r\n, 0.5 1\r\n. . . 1 2\r\nat name@domain.com 2 2\r\n2003 0 1",
      "5 2\nthe\t1\t-1\n\n, 0.5 1 \n. . . 1 2\nat name@domain.com  2 2\n2003 0 1\n\n",
      "\u{FEFF}5 2 \r\nthe 1 -1\r\n, 0.5 1\r\n. . . 1 2\r\nat name@domain.com 2 2\r\n2003 0 1\r\n",
    ]
  )
  func lines(text: String) throws {
    let folder = try TemporaryFolder()
    let (vocabulary, remarks) = try read(bytes: Array(text.utf8), in: folder)
    #expect(words(vocabulary) == ["the", ",", ". . .", "at name@domain.com", "2003"])
    #expect(vocabulary.vectors?.rows == [127, -127, 64, 127, 64, 127, 127, 127, 0, 127])
    #expect(remarks == [])
  }

  @Test("a word that is not UTF-8 costs only itself")
  func encoding() throws {
    let folder = try TemporaryFolder()
    let bytes = Array("3 1\na 1\ncaf".utf8) + [0xE9] + Array(" 1\nb 2\n".utf8)
    let (vocabulary, remarks) = try read(bytes: bytes, in: folder)
    #expect(words(vocabulary) == ["a", "b"])
    #expect(remarks == ["line 3 skipped: not UTF-8"])
  }

  @Test("blank lines may stand before the header", arguments: ["\n", "\r", "\r\n"])
  func blankLines(end: String) throws {
    let folder = try TemporaryFolder()
    let lines = ["", "", "", "2 2", "the 1 -1", "", "cat 0.5 1", ""]
    let (vocabulary, remarks) = try read(
      bytes: Array(lines.joined(separator: end).utf8),
      in: folder
    )
    #expect(words(vocabulary) == ["the", "cat"] && remarks == [])
    // Parts of a file end at the ends of lines: the blank ones are a part by themselves here.
    let error = #expect(throws: TextFileError.self) {
      try read(bytes: Array("\(end)\(end)3 44".utf8), in: folder)
    }
    #expect(error?.message.contains("vector") == true)
  }

  @Test(
    "the binary form of word2vec is read, with and without ends of lines, whole and cut off",
    arguments: [true, false]
  )
  func binary(hasEnds: Bool) throws {
    let folder = try TemporaryFolder()
    // 1 2, 4 -4, NaN 1, 0.1 0.2: the last has no byte that a text has not.
    let vectors: [(String, [UInt8])] = [
      ("the", [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40]), (",", [0, 0, 0x80, 0x40, 0, 0, 0x80, 0xC0]),
      ("x", [0, 0, 0xC0, 0x7F, 0, 0, 0x80, 0x3F]),
      ("boots", [0xCD, 0xCC, 0xCC, 0x3D, 0xCD, 0xCC, 0x4C, 0x3E]),
    ]
    func file(_ count: Int, _ own: ArraySlice<(String, [UInt8])>) -> [UInt8] {
      Array("\(count) 2\n".utf8)
        + own.flatMap { Array($0.0.utf8) + [0x20] + $0.1 + (hasEnds ? [0x0A] : []) }
    }
    let (vocabulary, remarks) = try read(bytes: file(4, vectors[...]), in: folder)
    #expect(words(vocabulary) == ["the", ",", "boots"])
    #expect(vocabulary.vectors?.rows == [64, 127, 127, -127, 64, 127])
    #expect(remarks == ["word 3 skipped: its numbers are not finite"])
    let short = try read(bytes: file(1, vectors[3...]), in: folder)
    #expect(words(short.vocabulary) == ["boots"] && short.remarks == [])
    let cut = try read(bytes: Array(file(4, vectors[..<2]).dropLast(3)), in: folder)
    #expect(words(cut.vocabulary) == ["the"])
    #expect(cut.remarks.count == 1 && cut.remarks[0].contains("it may be cut off"))
  }

  @Test(
    "files without a vector are named for what they are",
    arguments: [
      ("hello\n", "there is no vector"), ("", "there is no vector"),
      ("a x\n", "there is no vector"),
      ("5 4\n", "there is no vector"), ("2 3\nhello there\n", "there is no vector"),
      ("\u{1}\u{2}\n", "there is no vector"), ("PK\u{3}\u{4}", "zip archive"),
    ]
  )
  func faults(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: TextFileError.self) { try read(text, in: folder) }
    #expect(error?.message.contains(message) == true, "\(String(describing: error?.message))")
  }

  @Test(
    "models of other programs are named",
    arguments: [
      ([0xBA, 0x16, 0x4F, 0x2F, 0x0C, 0, 0, 0], "fastText"), ([0x80, 0x04, 0x95, 0x11], "pickle"),
      ([0xFF, 0xFE, 0x61, 0x00], "UTF-16"),
      ([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59], "NumPy"),
    ] as [([UInt8], String)]
  )
  func others(bytes: [UInt8], name: String) throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: TextFileError.self) { try read(bytes: bytes, in: folder) }
    #expect(error?.message.contains(name) == true && error?.remedy.isEmpty == false)
  }

  @Test("numbers of all forms are read as they are meant")
  func numbers() throws {
    let folder = try TemporaryFolder()
    let vectors = try #require(
      try read("a 100 -50.0 +25 1.0e2 .5e2 12345678901234567890e-18\n", in: folder).vectors
    )
    #expect(vectors.rows == [127, -64, 32, 127, 64, 16])
  }
}
