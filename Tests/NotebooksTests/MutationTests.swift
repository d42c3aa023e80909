import Foundation
import TestSupport
import Testing

@testable import Notebooks

@Suite("Mutated notebooks")
struct MutationTests {
  private static let base = """
    rsenb 1
    environment: rse 0.1.0, kernels avx512, OpenBLAS 0.3.21 SkylakeX
    threads: 2

    # # Title
    # Words.
    say loss 0.4873
    | loss 0.4873
    murmur 1 s
    ~ 2 s
    for x {

      count
      say a\\b  \\
    # inside
    }
    | count 1
    fail no\\way
    !
    set x

      # comment
    number loss
    | loss 0.5
    quit
    """
  private static let lines = [
    "{", "}", "say x", "count", "fail y", "stop", "quit", "!", "! y", "|", "| x", "~", "#", "",
    "  # c", "\t",
    "environment: e", "threads: 9", "for z { say b }", "rsenb 1", "murmur \\\\q", "nonsense",
    "| lost",
  ]

  /// Notebooks of each of ten parts: a tenth of `RSE_RANDOM_NOTEBOOKS`, else a few hundred.
  private static let count =
    ProcessInfo.processInfo.environment["RSE_RANDOM_NOTEBOOKS"].flatMap { UInt64($0) }
    .map { max(1, $0 / 10) } ?? 300

  private static func mutated(using random: inout SeededRandom) -> [UInt8] {
    var lines = base.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      let place = Int.random(in: 0..<lines.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0 where lines.count > 1: lines.remove(at: place)
      case 1: lines.swapAt(place, Int.random(in: 0..<lines.count, using: &random))
      default: lines.insert(Self.lines.randomElement(using: &random) ?? "", at: place)
      }
    }
    if lines[0] != "rsenb 1", Int.random(in: 0..<4, using: &random) > 0 {
      lines.insert("rsenb 1", at: 0)
    }
    let endings = Bool.random(using: &random) ? ["\n"] : ["\n", "\r\n"]
    var text = Int.random(in: 0..<8, using: &random) == 0 ? "\u{FEFF}" : ""
    for line in lines { text += line + (endings.randomElement(using: &random) ?? "\n") }
    if Bool.random(using: &random) { text.removeLast() }
    var bytes = Array(text.utf8)
    if Int.random(in: 0..<4, using: &random) == 0 {
      for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
    }
    return bytes
  }

  @Test(
    "are read exactly or refused; recorded twice they are the same, and then replay is identical",
    arguments: 0..<10
  )
  func mutations(part: UInt64) throws {
    var read = 0
    for seed in part * Self.count..<(part + 1) * Self.count {
      var random = SeededRandom(seed: seed)
      let bytes = Self.mutated(using: &random)
      guard let notebook = try? Notebook(parsing: bytes, file: "a.rsenb") else { continue }
      read += 1
      let isIdentity = notebook.bytes == bytes
      #expect(isIdentity, "seed \(seed)")
      checkCells(of: notebook, seed: seed)
      let keepGoing = seed.isMultiple(of: 2)
      _ = try notebook.replay(using: ToyEvaluator(), options: ReplayOptions(keepGoing: keepGoing))
        .text
      let first = notebook.recorded(using: ToyEvaluator(), keepGoing: keepGoing)
      let again = try Notebook(parsing: first.notebook.bytes, file: "a.rsenb")
      let second = again.recorded(using: ToyEvaluator(), keepGoing: keepGoing)
      let isIdempotent = second.notebook.bytes == again.bytes
      #expect(isIdempotent, "seed \(seed)")
      let isKept = areKept(authored(notebook), in: authored(first.notebook))
      #expect(isKept, "seed \(seed)")
      let stripped = again.stripped(ofFacts: [])
      #expect(stripped.stripped(ofFacts: []).bytes == stripped.bytes, "seed \(seed)")
      let isAlike = NotebookDiff(again, again, groupedBy: ToyEvaluator(), tolerance: nil).isEmpty
      #expect(isAlike, "seed \(seed)")
      for format in NotebookExport.Format.allCases {
        let export = NotebookExport.make(again, as: format, to: "/tmp/a", groupedBy: ToyEvaluator())
        #expect(!export.document.isEmpty, "seed \(seed)")
      }
      if first.report.status == .done {
        let replay = try again.replay(using: ToyEvaluator())
        #expect(replay.status == .done, "seed \(seed)")
        #expect(replay.mode == .exact, "seed \(seed)")
      }
    }
    #expect(read > Int(Self.count) / 2)
  }

  private func checkCells(of notebook: Notebook, seed: UInt64) {
    let cells = notebook.cells(groupedBy: ToyEvaluator())
    let owned = cells.flatMap { $0.lines.filter { notebook.lines[$0].kind == .code } }
    let statements = notebook.lines.indices.filter {
      let line = notebook.lines[$0]
      let isComment = line.text.withoutOuterBlanks.utf8.first == UInt8(ascii: "#")
      return line.kind == .code && (!isComment || owned.contains($0))
    }
    #expect(owned == statements, "seed \(seed)")
    let outputs = cells.flatMap(\.outputLines)
    let all = notebook.lines.indices.filter { notebook.lines[$0].kind.isOutput }
    #expect(notebook.orphans(of: cells) + outputs == all, "seed \(seed)")
  }

  private func authored(_ notebook: Notebook) -> [NotebookLine] {
    notebook.lines.filter { $0.kind == .prose || $0.kind == .code }
  }

  /// True if recording left prose and code alone; a last line without an ending may get one.
  private func areKept(_ old: [NotebookLine], in new: [NotebookLine]) -> Bool {
    old.count == new.count
      && zip(old, new).allSatisfy { old, new in
        old.text.utf8.elementsEqual(new.text.utf8)
          && (old.ending == .none || old.ending == new.ending)
      }
  }

  @Test("of 100,000 lines are read, recorded, stripped and replayed")
  func long() throws {
    let body = (0..<25_000).map { "# Prose \($0).\n\nsay line \($0)\n| old\n" }.joined()
    let notebook = try Notebook(parsing: "rsenb 1\n\n" + body, file: "a.rsenb")
    let recorded = notebook.recorded(using: ToyEvaluator()).notebook
    #expect(recorded.lines.count == 100_003)
    #expect(try recorded.replay(using: ToyEvaluator()).status == .done)
    #expect(recorded.stripped(ofFacts: []).lines.count == 75_002)
  }

  @Test("of random bytes are refused or read exactly")
  func noise() {
    var random = SeededRandom(seed: 5)
    for _ in 0..<3000 {
      let noise = (0..<Int.random(in: 0...60, using: &random))
        .map { _ in UInt8.random(in: 0...255, using: &random) & 0x7F }
      for bytes in [noise, Array("rsenb 1\n".utf8) + noise] {
        guard let notebook = try? Notebook(parsing: bytes, file: "a") else { continue }
        #expect(notebook.bytes == bytes)
        _ = notebook.recorded(using: ToyEvaluator(), keepGoing: true).notebook.bytes
      }
    }
  }
}
