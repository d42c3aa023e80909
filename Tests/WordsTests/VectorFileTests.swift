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
    let table = WordTable()
    for word in wanted { table.add(word) }
    let path = try folder.write(text, to: "v.vec")
    return try VectorFile(path: path, name: "v.vec").vocabulary(
      first: first,
      wanted: table,
      cache: CacheFolder(folder("cache"), of: "vectors")
    ) { _ in }
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
    "what is wrong with a file is told with its line",
    arguments: [
      ("2 3\na 1 2 3\nb 1 2\n", "line 3: it has 2 numbers, where the others have 3"),
      ("a 1 2 3\nb 1 2 3 4\n", "line 2: it has 4 numbers"),
      ("3 2\na 1 2\nb 1 2\n", "line 1: it promises 3 words and holds 2"),
      ("1 2\na 1 2\nb 1 2\n", "line 1: it promises 1 words and holds 2"),
      ("a 1 x\n", "there is no vector"), ("2 2\na 1 2\nb nan 1\n", "line 3: something in it"),
      ("1 2\na 1 1e99\n", "line 2: something in it"), ("hello\n", "there is no vector"),
      ("", "there is no vector"), ("1 9999999\na 1\n", "there is no vector"),
    ]
  )
  func faults(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: TextFileError.self) { try read(text, in: folder) }
    #expect(error?.message.contains(message) == true, "\(String(describing: error?.message))")
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
