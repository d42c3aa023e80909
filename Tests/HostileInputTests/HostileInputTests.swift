import Foundation
import Tensors
import TestSupport
import Testing

@testable import HostileInput

/// Inputs that were made to harm, those that once did, and changes of them.
@Suite("Hostile input")
struct HostileInputTests {
  /// How many changed inputs of each kind are tried: `RSE_HOSTILE_INPUTS`, else a few hundred.
  private static let changes =
    ProcessInfo.processInfo.environment["RSE_HOSTILE_INPUTS"].flatMap { Int($0) } ?? 300

  private static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Corpus")

  private static func inputs(_ kind: FileKind) throws -> [[UInt8]] {
    let folder = corpus.appendingPathComponent(kind.rawValue)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
      try [UInt8](Data(contentsOf: folder.appendingPathComponent($0)))
    }
  }

  @Test("is read or refused", arguments: FileKind.allCases)
  func corpus(kind: FileKind) throws {
    let folder = try ScratchFolder()
    let inputs = try Self.inputs(kind)
    #expect(inputs.count > 1)
    for input in inputs + [[]] {
      kind.read(input, in: folder)
    }
  }

  @Test("is read or refused with bytes changed, moved or cut off", arguments: FileKind.allCases)
  func changed(kind: FileKind) throws {
    let folder = try ScratchFolder()
    let inputs = try Self.inputs(kind)
    var random = SeededRandom(seed: 12)
    for _ in 0..<Self.changes {
      guard var input = inputs.randomElement(using: &random) else { return }
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        Self.change(&input, using: &random)
      }
      kind.read(input, in: folder)
    }
  }

  private static let header = TableFile.header
  /// The index of the blocks names nothing but places.
  private static let indexes: [(block: [UInt8], places: Int, reason: String?)] = [
    (header, 1, nil), (header + variable(0, "a") + variable(1, "b"), 1, nil),
    (header + (0..<300).flatMap { variable($0, "a") }, 1, "keys are much longer"),
    (header + variable(0, "b") + variable(0, "a"), 1, "not in order"),
    (header + header, 1, "not in order"), (variable(0, "b"), 1, "no header"), ([], 1, "no header"),
    (header, 200, "overlap"), (header + TableFile.entry(0, "b", [8, 77]), 1, "is not read"),
  ]

  private static func variable(_ shared: Int, _ key: String) -> [UInt8] {
    TableFile.entry(shared, key, TableFile.emptyVariable)
  }

  @Test(
    "an index is read, or refused with the reason",
    arguments: indexes.indices
  )
  func tables(index: Int) throws {
    let (content, places, reason) = Self.indexes[index]
    let block = content + TableFile.restarts
    let place = TableFile.varint(0) + TableFile.varint(block.count)
    let blocks = (0..<places).flatMap { TableFile.entry(0, "\(100 + $0)", place) }
    let table = TableFile(block: block[...], index: (blocks + TableFile.restarts)[...])
    let folder = try ScratchFolder()
    let path = String(folder.file("a.index", table.bytes).dropLast(6))
    _ = folder.file("a.data-00000-of-00001", [])
    guard let reason else {
      #expect(try TensorBundle.read(path: path, name: "a").entries.count == [0, 2][index])
      return
    }
    let error = #expect(throws: BundleError.self) { try TensorBundle.read(path: path, name: "a") }
    #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
  }

  private static func change(_ input: inout [UInt8], using random: inout SeededRandom) {
    guard !input.isEmpty else { return }
    let place = Int.random(in: 0..<input.count, using: &random)
    let end = min(input.count, place + Int.random(in: 1...8, using: &random))
    switch Int.random(in: 0..<6, using: &random) {
    case 0: input[place] = UInt8.random(in: 0...255, using: &random)
    case 1: input[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
    case 2: input.removeSubrange(place..<end)
    case 3: input.insert(contentsOf: input[place..<end], at: place)
    case 4: input.replaceSubrange(place..<end, with: [UInt8](repeating: 0xFF, count: end - place))
    default: input.removeSubrange(place...)
    }
  }
}
