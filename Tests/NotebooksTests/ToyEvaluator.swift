@testable import Notebooks

/// Understands a handful of words, one statement a line, and blocks in braces.
final class ToyEvaluator: NotebookEvaluator {
  /// A group the evaluator was given, and the line it began at.
  struct Call: Equatable {
    let code: String
    let firstLine: Int
  }

  var environment: String
  var facts: [(key: String, value: String)] = []
  var numbers: [String: String] = [:]
  private(set) var calls: [Call] = []
  private var count = 0

  init(environment: String = "rse 0.1.0, kernels avx512, OpenBLAS 0.3.21 SkylakeX") {
    self.environment = environment
  }

  func groups(in code: String) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var depth = 0
    var start = 0
    let lines = Self.lines(of: code)
    for (index, line) in lines.enumerated() {
      let words = line.withoutOuterBlanks.utf8
      if depth == 0 {
        if words.isEmpty || words.first == UInt8(ascii: "#") { continue }
        start = index
      }
      depth += words.count { $0 == UInt8(ascii: "{") }
      depth = max(0, depth - words.count { $0 == UInt8(ascii: "}") })
      if depth == 0 { groups.append(start..<index + 1) }
    }
    if depth > 0 { groups.append(start..<lines.count) }
    return groups
  }

  func evaluate(_ code: String, file: String, firstLine: Int) -> CellOutcome {
    calls.append(Call(code: code, firstLine: firstLine))
    var outcome = CellOutcome()
    if code.utf8.contains(UInt8(ascii: "{")), groups(in: code + "\nsay x").count < 2 {
      outcome.ending = .failed(message: "this block is not closed")
      return outcome
    }
    for line in Self.lines(of: code) {
      perform(line.withoutOuterBlanks, &outcome)
      if outcome.ending != .completed { break }
    }
    return outcome
  }

  private func perform(_ line: String, _ outcome: inout CellOutcome) {
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    let rest = words.count > 1 ? words[1].split(separator: "\\").joined(separator: "\n") : ""
    switch words.first {
    case nil, "{", "}", "#": return
    case "say": outcome.output.append(OutputLine(rest))
    case "murmur": outcome.output.append(OutputLine(rest, isVolatile: true))
    case "number": outcome.output.append(OutputLine("\(rest) \(numbers[rest] ?? "nan")"))
    case "count":
      count += 1
      outcome.output.append(OutputLine("count \(count)"))
    case "set", "for": return
    case "fail": outcome.ending = .failed(message: rest)
    case "stop": outcome.ending = .interrupted
    case "quit": outcome.ending = .finished
    default: outcome.ending = .failed(message: "unknown command \(words[0])")
    }
  }

  private static func lines(of code: String) -> [String] {
    code.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }
}

extension Notebook {
  /// A notebook of these lines below a first line; a test that is wrong about them gets an empty one.
  init(lines: String...) throws {
    try self.init(
      parsing: (["rsenb 1"] + lines).joined(separator: "\n") + "\n",
      file: "book.rsenb"
    )
  }

  /// The lines below the first.
  var body: [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .dropFirst().dropLast().map(String.init)
  }
}

extension Notebook {
  /// Reads a notebook from a text.
  init(parsing text: String, file: String) throws(NotebookError) {
    try self.init(parsing: Array(text.utf8), file: file)
  }
}
