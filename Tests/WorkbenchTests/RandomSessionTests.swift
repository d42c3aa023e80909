import CommandLanguage
import Foundation
import TestSupport
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

/// Sessions of statements made from the declarations of all commands, with fitting, odd and wrong values.
@Suite("Random sessions")
struct RandomSessionTests {
  /// How many statements to try: `RSE_RANDOM_SCRIPTS`, else a few hundred.
  private static let count =
    ProcessInfo.processInfo.environment["RSE_RANDOM_SCRIPTS"].flatMap { Int($0) } ?? 600
  private static let statementsPerSession = 40
  /// How often a statement may ask whether it is interrupted before it is.
  private static let patience = 100

  @Test("any statement ends in a result or in an error with a message, and the session goes on")
  func sessions() throws {
    var random = SeededRandom(seed: 23)
    for _ in 0..<max(1, Self.count / Self.statementsPerSession) {
      let folder = try TemporaryFolder()
      var turns = 0
      let session = Session(
        folder: folder.path,
        isInterrupted: {
          turns -= 1
          return turns < 0
        }
      )
      for _ in 0..<Self.statementsPerSession {
        let text = statement(using: &random)
        turns = Self.patience
        var diagnostics: [Diagnostic] = []
        let outcome = try? session.submitTyped(text) { diagnostics.append($0) }
        if case .failed(let message)? = outcome?.ending {
          #expect(!message.isEmpty && !diagnostics.isEmpty, "\(text)")
        }
        _ = session.completion(of: text)
        _ = session.completeness(of: text)
      }
      turns = .max
      #expect(session.submit("1 + 1", name: "test").output.map(\.text) == ["2"])
    }
  }

  // MARK: Statements

  private func statement(using random: inout SeededRandom) -> String {
    switch Int.random(in: 0..<13, using: &random) {
    case 10:
      return "let t = " + pick(["sweep", "sweep to=runs.jsonl resume=on"], using: &random)
        + " m=1..2 seed=3 { \(call(using: &random)) }"
    case 11: return "def own(m, n=2) { \(call(using: &random)) }; let t = own 4"
    case 12:
      return pick(
        [
          "let t = table(a=(1, 2, 2), b=(\"x\", \"y\", \"x\"), c=(0.5, 1, -1))", "$t; $t[0]; $t.a",
          "let t = table($r)", "group($t, \"b\")", "sort($t, \"-a\")", "names($t); length($t)",
          "let t = table($row for row in $t if $row.a > 1)", "let t = table($t, d=1)",
        ],
        using: &random
      )
    case 0: return "let r = " + call(using: &random)
    case 1: return "time " + call(using: &random)
    case 2: return "for m in 1..2 { \(call(using: &random)) }"
    case 3: return call(using: &random) + " ; " + call(using: &random)
    case 4: return "$r" + pick(["", ".loss", ".accuracy[8]", "[0]", ".x"], using: &random)
    default: return call(using: &random)
    }
  }

  private func call(using random: inout SeededRandom) -> String {
    let declaration = pick(Session.commands.declarations, using: &random)
    // What others share or what ends the session stays out; it has tests of its own.
    guard !["quit", "set"].contains(declaration.name) else {
      return "data badd lengths=8 batch=2; model rse maps=4"
    }
    if declaration.signature.rawTail != nil {
      return declaration.name + " "
        + pick(
          [
            "1 + 1", "3 1 2", "train", "", "101 + $r", "{ }", "plot png", "é", "task dyck", "([)]",
            "3:8 ? 3", "1 | 2",
          ],
          using: &random
        )
    }
    var words = [declaration.name]
    for parameter in declaration.signature.positionals where chance(85, using: &random) {
      words.append(value(of: parameter.kind, using: &random))
    }
    for parameter in declaration.signature.allOptions where chance(25, using: &random) {
      words.append("\(parameter.name)=\(value(of: parameter.kind, using: &random))")
    }
    return words.joined(separator: " ")
  }

  private func value(of kind: ParameterKind, using random: inout SeededRandom) -> String {
    if chance(8, using: &random) {
      return pick(
        ["-1", "nonsense", "\"\"", "$r", "1e15", "0", "é", "1,2,x", "8..4", "()", "true", "/"],
        using: &random
      )
    }
    switch kind {
    case .number: return pick(["0.5", "1", "0", "1e-3", "0.9"], using: &random)
    case .integer, .powerOfTwo, .lengths:
      return pick(["1", "2", "3", "4", "5", "8", "16"], using: &random)
    case .interval: return pick(["every 1", "2", "every 3"], using: &random)
    case .boolean: return pick(["on", "off"], using: &random)
    case .choice(let choices): return pick(choices, using: &random)
    case .list(let element):
      return (0..<Int.random(in: 1...3, using: &random))
        .map { _ in value(of: element, using: &random) }.joined(separator: ",")
    case .fileToRead(let extensions, _), .fileToWrite(let extensions):
      return pick(
        ["a", "b", "inner/c", "two words"].map { name in
          "\"\(name).\(extensions.first ?? "txt")\""
        },
        using: &random
      )
    case .table: return pick(["$t", "$r", "($t[0])", "(table(a=(1, 2), b=\"x\"))"], using: &random)
    case .directory: return pick([".", "inner"], using: &random)
    case .word, .text, .name, .variableName, .value:
      return pick(["rse", "small", "save", "start", "stop", "a.rsenb", "2"], using: &random)
    }
  }

  private func pick<Element>(_ elements: [Element], using random: inout SeededRandom) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }

  private func chance(_ percent: Int, using random: inout SeededRandom) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }
}
