import Foundation
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

@Suite("Completion in a session")
struct SessionCompletionTests {
  private func texts(_ text: String, in test: TestSession) -> [String] {
    test.session.completion(of: text).candidates.map(\.text)
  }

  @Test("tasks, models, topics and variables are completed")
  func names() throws {
    let test = try TestSession()
    test.submit("model rse maps=8 as=small; model rse maps=8; let run = 5")
    #expect(texts("data b", in: test) == ["badd", "bmul", "batch="])
    #expect(texts("data dy", in: test) == ["dyck", "dyck_continue"])
    #expect(texts("data badd padding=", in: test) == ["end", "front", "dispersed"])
    #expect(texts("help task so", in: test) == ["task sort"])
    let pages = Set(texts("help task ", in: test))
    #expect(pages.isSuperset(of: ["task badd", "task sort", "task notes", "task lambada"]))
    #expect(texts("plot loss of=", in: test) == ["small", "rse"])
    #expect(texts("help assert", in: test) == ["assert"])
    #expect(texts("? tra", in: test) == ["train", "trace", "transcribe"])
    #expect(texts("train $r", in: test) == ["run"])
    #expect(texts("show mod", in: test) == ["model", "models"])
  }

  @Test(
    "of the options those are offered that the task, the figure or the network has",
    arguments: [
      ("data sort ", ["lengths=", "batch=", "padding=", "alphabet=", "count=", "hard="]),
      (
        "data notes ",
        ["batch=", "window=", "input=", "multiplier=", "gain=", "pitch=", "noise=", "transpose="]
      ),
      ("data musicnet sp", ["split="]), ("data lambada pa", ["path="]),
      ("data badd pa", ["padding="]),
      ("data pa", ["padding=", "path="]), ("data g", ["gain="]),
      ("plot loss a.png l", []), ("plot network a.png l", ["length="]),
      ("plot route n", ["network="]),
      ("plot route o", []), ("plot loss a.png o", ["of="]), ("show data c", []),
      ("show batch c", ["count="]), ("model lstm d", ["direction="]), ("model rse d", []),
    ]
  )
  func scoped(text: String, expected: [String]) throws {
    #expect(texts(text, in: try TestSession()) == expected)
  }

  @Test("paths are those that the command reads or writes, with folders")
  func paths() throws {
    let test = try TestSession()
    let folder = test.folder.path
    for name in ["a.safetensors", "b.png", "c.rsenb", ".hidden.png", "two words.png"] {
      #expect(FileManager.default.createFile(atPath: folder + "/" + name, contents: nil))
    }
    try FileManager.default.createDirectory(
      atPath: folder + "/inner/deep",
      withIntermediateDirectories: true
    )
    #expect(texts("load ", in: test).suffix(2) == ["a.safetensors", "inner/"])
    #expect(texts("plot loss ", in: test).prefix(3) == ["b.png", "inner/", "\"two words.png\""])
    #expect(texts("plot loss .", in: test) == [".hidden.png"])
    #expect(texts("load inner/", in: test) == ["inner/deep/"])
    #expect(texts("load \(folder)/a", in: test) == ["\(folder)/a.safetensors"])
    #expect(texts("load nowhere/", in: test) == [])
    #expect(texts("load ~", in: test) == ["~/"])
  }

  @Test("completion evaluates nothing and changes nothing")
  func silence() throws {
    let test = try TestSession()
    test.submit("let a = 1")
    for text in ["train 5", "let b = ", "assert false", "quit", "$a.", "save x.safetensors"] {
      _ = test.session.completion(of: text)
    }
    #expect(test.session.evaluator.variables.names == ["a"])
    #expect(test.files == [])
    #expect(test.session.models.isEmpty)
  }
}
