import CommandLanguage
import Foundation
import Tasks
import TestSupport
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

@Suite("Tasks in a session") struct TaskCommandTests {
  private static let names = TaskCatalog.tasks.map(\.name)

  private func lines(_ text: String, in test: TestSession) -> [String] {
    test.submit(text).output.map(\.text)
  }

  @Test("every task is trained, tested and asked", arguments: names)
  func everyTask(name: String) throws {
    let test = try TestSession()
    let task = try #require(TaskCatalog.task(named: name))
    test.submit("data \(name) lengths=16 batch=2; model rse maps=2; train 1; test count=2")
    test.submit("show batch count=1; train 1 validate=1")
    for prefix in ["", name + " "] {
      let answers = test.stableLines("try \(prefix)\(task.sampleQuestion)")
      #expect(answers.count == 2)
      let target = task.target(of: try task.input(asking: task.sampleQuestion))
      #expect(answers.last == "right    " + task.answer(target))
    }
    #expect(test.diagnostics.isEmpty, "\(test.diagnostics.map(\.message))")
  }

  @Test("every task has a page that fits 80 columns, also found by its name", arguments: names)
  func pages(name: String) throws {
    let page = try #require(HelpCommand.text(on: "task \(name)", width: 80))
    #expect(HelpCommand.text(on: name, width: 80) == page)
    let rows = page.split(separator: "\n")
    #expect(rows.allSatisfy { $0.count <= 80 }, "\(page)")
    for part in ["data \(name)", "model rse maps=192", "input  ", "output  ", "try "] {
      #expect(page.contains(part), "\(part)")
    }
    let statements = rows.filter { $0.hasPrefix("  data ") || $0.hasPrefix("  model ") }
    let test = try TestSession()
    #expect(test.submit(statements.joined(separator: "\n")).failure == nil)
    #expect(HelpCommand.text(on: "tasks", width: 80)?.contains("  \(name) ") == true)
    #expect(Session.help.markdown().contains("### task \(name)"))
  }

  @Test("a search finds tasks, and commands come before tasks of other words")
  func search() throws {
    #expect(HelpCommand.text(on: "brackets", width: 80)?.contains("task dyck") == true)
    #expect(HelpCommand.text(on: "test", width: 80)?.contains("seconds=") == true)
  }

  @Test("alphabet, padding and count are shown and kept in files")
  func options() throws {
    let test = try TestSession()
    let lines = test.stableLines(
      "data sort lengths=8 batch=4 alphabet=6 padding=dispersed count=20; show data"
    )
    for line in ["input_symbols: 6", "padding: dispersed", "count: 20"] {
      #expect(lines.contains(line))
    }
    let whole = test.stableLines("model rse maps=2; train 2; save a.safetensors; train 2").last
    let again = try TestSession()
    again.submit("load \(test.folder("a.safetensors"))")
    #expect(again.stableLines("train 2").last == whole)
    let data = try #require(again.session.data).typed(as: SymbolData.self)
    #expect(data.options == DataOptions(padding: .dispersed, count: 20))
    #expect(data.inputSymbols == 6)
    #expect(again.stableLines("show data") == Array(lines.dropFirst(lines.count - 8)))
    // Other options are other data.
    let plain = try TestSession()
    plain.submit("data sort lengths=8 batch=4 alphabet=6; model rse maps=2")
    #expect(plain.stableLines("train 4").last != whole)
  }

  @Test("a share of hard inputs is shown, kept in files and trained on")
  func hardShare() throws {
    let test = try TestSession()
    let data = "data badd lengths=32 batch=8"
    #expect(test.stableLines("\(data) hard=0.25; show data").contains("hard: 0.25"))
    let whole = test.stableLines("model rse maps=2; train 2; save a.safetensors; train 2").last
    let again = try TestSession()
    again.submit("load \(test.folder("a.safetensors"))")
    #expect(again.stableLines("train 2").last == whole)
    let plain = try TestSession()
    #expect(plain.stableLines("\(data); model rse maps=2; train 4").last != whole)
  }

  @Test("test hard=on tests on other inputs, and does not take the place of the usual test")
  func hardTest() throws {
    let test = try TestSession()
    test.submit(
      "data badd lengths=16 batch=2; model rse maps=2; train 1; let plain = test count=32"
    )
    let slot = try #require(test.session.currentModel)
    let before = try #require(slot.tests).accuracies.map(\.accuracy)
    let lines = test.stableLines("let hard = test hard=on count=32")
    #expect(lines.first == "length  symbols  sequences right")
    #expect(lines.last?.hasSuffix("of 32") == true)
    #expect(test.submit("assert $hard.accuracy[16] != $plain.accuracy[16]").failure == nil)
    #expect(test.submit("assert $hard.right[16] + $hard.wrong[16] == 32").failure == nil)
    #expect(slot.tests?.accuracies.map(\.accuracy) == before)
  }

  @Test(
    "only tasks whose examples are made have hard inputs",
    arguments: ["notes window=512", "file=pairs.tsv"]
  )
  func noHardInputs(data: String) throws {
    let test = try TestSession()
    try Data("1 2\t2 1\n2 3\t3 2\n1 3\t3 1\n".utf8)
      .write(to: URL(fileURLWithPath: test.folder("pairs.tsv")))
    let choice = data.replacing("pairs.tsv", with: test.folder("pairs.tsv"))
    #expect(test.submit("data \(choice) hard=0.1").failure != nil)
    #expect(test.submit("data \(choice); model rse maps=2").failure == nil)
    let failure = test.submit("test hard=on count=1").failure
    #expect(failure.map { "\($0)" }?.contains("hard=") == true)
  }

  @Test("a batch is shown as people write it, whatever its padding", arguments: Padding.allCases)
  func shown(padding: Padding) throws {
    let test = try TestSession()
    let lines = test.stableLines(
      "data badd lengths=16 batch=9 padding=\(padding.rawValue); show batch count=9"
    )
    #expect(lines.count == 11 && lines.allSatisfy { !$0.contains("?") })
    #expect(lines[0].contains("padding=\(padding.rawValue)") == (padding != .end))
  }

  @Test("data without options are written as they always were")
  func plainMetadata() throws {
    let test = try TestSession()
    test.submit("data rev lengths=8 batch=2; model rse maps=2; train 1; save a.safetensors")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: test.folder("a.safetensors")))
    let header = String(decoding: bytes.dropFirst(8).prefix(4000), as: UTF8.self)
    for key in ["alphabet", "padding", "count"] { #expect(!header.contains("\"\(key)\"")) }
  }

  @Test("test says where tests must meet inputs of the training, of trained models only")
  func overlap() throws {
    let test = try TestSession()
    test.submit("data badd lengths=8,16,64 batch=2; model rse maps=2")
    #expect(test.stableLines("test count=4").count == 4)
    test.submit("train 1")
    let lines = test.stableLines("test count=4")
    #expect(lines.count == 5)
    #expect(lines.last?.hasPrefix("lengths up to 16 have fewer than 100,000") == true)
    #expect(test.stableLines("test lengths=8 count=4").last?.hasPrefix("length 8 has") == true)
    #expect(test.stableLines("test lengths=64,128 count=4").count == 3)
    test.submit("data sort lengths=8 batch=2; model rse maps=2; train 1")
    #expect(test.stableLines("test count=4").count == 2)
  }

  @Test("the number of examples follows from the length, and seconds= makes the output volatile")
  func counts() throws {
    let test = try TestSession()
    test.submit("data id lengths=8 batch=2; model rse maps=2; train 1")
    #expect([4, 8, 4096].allSatisfy { LengthTest.usualCount($0) == 1024 })
    #expect([8192, 1 << 16, 1 << 20, 1 << 21].map(LengthTest.usualCount) == [512, 64, 4, 4])
    test.submit("let r = test")
    #expect(test.submit("assert $r.count[8] == 1024").failure == nil)
    let outcome = test.submit("let s = test lengths=4096 seconds=0")
    #expect(outcome.output.allSatisfy(\.isVolatile) && outcome.output.count == 2)
    #expect(
      test.submit("assert $s.count[4096] >= 1; assert $s.count[4096] < 1024").failure == nil
    )
    #expect(test.submit("test lengths=65536 count=1").failure == nil)
  }

  @Test("targets of blanks alone give numbers")
  func blanks() throws {
    let test = try TestSession()
    test.submit("data search lengths=4 batch=1 alphabet=200; model rse maps=2")
    let lines = test.stableLines("train 5; train 1 validate=1 count=3; test count=3")
    #expect(!lines.isEmpty && lines.allSatisfy { !$0.contains("nan") })
  }
}
