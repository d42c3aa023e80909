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

  @Test(
    "an index whose keys or blocks are many more than it has bytes for is refused",
    arguments: ["growing-keys", "overlapping-blocks"]
  )
  func growingTables(name: String) throws {
    let input = Self.corpus.appendingPathComponent("table/\(name)")
    let table = TableFile(blocks: try [UInt8](Data(contentsOf: input)))
    let folder = try ScratchFolder()
    let path = folder.file("a.index", table.bytes)
    let error = #expect(throws: BundleError.self) {
      try TensorBundle.read(path: String(path.dropLast(6)), name: "a")
    }
    #expect(error?.reason.contains(name == "growing-keys" ? "longer than" : "overlap") == true)
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
