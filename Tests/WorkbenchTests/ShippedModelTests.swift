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

@Suite("The models that ship")
struct ShippedModelTests {
  /// The task, and the accuracy at lengths on 1,024 fresh examples less a margin for 64 of them.
  struct Goal: Sendable, CustomTestStringConvertible {
    let name: String
    let accuracies: [(length: Int, atLeast: Double)]

    var testDescription: String { name }
  }

  private static let goals = [
    Goal(name: "badd", accuracies: [(64, 0.997), (512, 0.99)]),
    Goal(name: "bmul", accuracies: [(16, 0.997), (32, 0.96)]),
    Goal(name: "dyck", accuracies: [(64, 0.8)]),
    Goal(name: "rev", accuracies: [(64, 0.997)]),
    Goal(name: "shuffle", accuracies: [(32, 0.997), (64, 0.99)]),
    Goal(name: "sort", accuracies: [(64, 0.975), (512, 0.93)]),
  ]

  /// Those that are not about symbols.
  private static let others = [Listener.shipped, LambadaData.name]

  /// The largest file of each kind, and those of symbols together, in bytes.
  private static let largest = 4_000_000
  private static let largestOfMusic = 12_000_000
  private static let largestSum = 12_000_000

  @Test("are there, small enough, without moments, under the name of their task")
  func files() throws {
    let models = ShippedModel.all
    let names = Self.goals.map(\.name) + Self.others
    #expect(models.map(\.name) == names.sorted())
    for model in models {
      let limit = model.name == Listener.shipped ? Self.largestOfMusic : Self.largest
      #expect(try model.bytes().count <= limit, "\(model.name)")
    }
    let sizes = try models.filter { !Self.others.contains($0.name) }.map { try $0.bytes().count }
    #expect(sizes.reduce(0, +) <= Self.largestSum)
  }

  @Test("are listed in 80 columns, a line each")
  func list() throws {
    let lines = try TestSession().stableLines("show shipped")
    #expect(lines.count == ShippedModel.all.count + 1)
    #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines)")
    #expect(lines.contains { $0.contains("  8..512 by *2  ") })
  }

  @Test("do in any folder what their records say", arguments: goals)
  func accuracy(goal: Goal) throws {
    let test = try TestSession()
    #expect(test.submit("load \(goal.name)").failure == nil)
    let slot = try test.session.model(named: goal.name)
    #expect(test.session.data?.name == goal.name && slot.trainer?.step ?? 0 > 0)
    for (length, atLeast) in goal.accuracies {
      test.submit("let r = test lengths=\(length) count=64")
      #expect(test.submit("assert $r.accuracy[\(length)] >= \(atLeast)").failure == nil)
    }
  }

  @Test("the one that transcribes finds the notes of the minuet, also with 8 kHz and two channels")
  func music() throws {
    let test = try TestSession()
    test.submit("let r = transcribe minuet reference=minuet")
    #expect(test.submit("assert $r.f1 >= 0.85").failure == nil)
    test.submit("render minuet minuet.wav rate=8000; transcribe minuet.wav picture=off")
    #expect(test.submit("let s = score minuet minuet.notes.csv").failure == nil)
    #expect(test.submit("assert $s.onsets.f1 >= 0.75").failure == nil)
    #expect(test.diagnostics.isEmpty, "\(test.diagnostics.map(\.message))")
  }

  @Test("the one that points at missing words finds some in any folder")
  func words() throws {
    let test = try TestSession()
    for (passage, answer) in Self.passages {
      #expect(test.submit("load lambada; let t = try \(passage) ___").failure == nil)
      #expect(test.submit("assert $t.answer == \"\(answer)\"").failure == nil, "\(answer)")
    }
  }

  /// Passages that the model answers rightly by far.
  private static let passages = [
    (
      """
      the doctor asked him to count to ten . he counted to eight and stopped . `` and then ? '' said the doctor \
      . `` then i always wake up , '' said the old man . they both laughed , and he put on his coat and thanked \
      the
      """, "doctor"
    ),
    (
      """
      there was one cake left , and there were two cousins . emil cut it and olga chose , as was the rule . she \
      took the smaller half . emil was so ashamed that he did not touch his own , and so they both sat and \
      looked at the
      """, "cake"
    ),
  ]

  @Test("have records that run", arguments: goals.map(\.name) + others)
  func records(name: String) throws {
    let folder = try TemporaryFolder()
    let notebook = Self.root.appendingPathComponent("Notebooks/models/\(name).rsenb")
    let path = try folder.write(String(contentsOf: notebook, encoding: .utf8), to: "n.rsenb")
    var run = FileRun()
    let text = try folder.text(of: "n.rsenb")
    run.overrides = try Overrides(
      parsing: [
        "steps=2", "more=2", "last=2", "end=2", "longest=8", "count=4", "maps=8", "window=1024",
        "path=\(name == LambadaData.name ? Self.root.path + "/Notebooks/passages" : "")",
        "vectors=",
      ].filter {
        text.contains("param \($0.prefix { $0 != "=" }) =")
      }
    )
    var diagnostics: [String] = []
    run.report = { diagnostics.append($0.message) }
    #expect(try run.run(path) == .done, "\(diagnostics)")
    #expect(try folder.names().contains("\(name).safetensors"))
  }

  private static var root: URL {
    (0..<3).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
  }

  @Test("a file of the folder goes before, and a wrong name says what there is")
  func names() throws {
    let test = try TestSession()
    test.submit("data badd lengths=8 batch=2; model rse maps=2; train 1; save badd.safetensors")
    try FileManager.default.moveItem(
      atPath: test.folder("badd.safetensors"),
      toPath: test.folder("badd")
    )
    #expect(test.stableLines("load badd").last?.hasPrefix("rse  step 1") == true)
    for (name, remedy) in [
      ("bad", "did you mean `badd`?"),
      ("badd.safetensors", "`load badd` loads the model that ships"),
      ("nothing", "the models that ship are: "), ("in/badd", "relative paths start at"),
    ] {
      test.submit("load \(name)")
      #expect(test.diagnostics.last?.remedy?.contains(remedy) == true, "\(name)")
    }
    #expect(test.session.names(of: "shipped model").map(\.name).contains("badd"))
  }
}
