import TestSupport
import Testing

@testable import Notebooks

@Suite("A merge of notebooks")
struct MergeTests {
  private func merge(_ base: String?, _ ours: String, _ theirs: String) throws -> NotebookMerge {
    func notebook(_ text: String) throws -> Notebook {
      try Notebook(parsing: "rsenb 1\n" + text, file: "a.rsenb")
    }
    return NotebookMerge(
      base: try base.map(notebook),
      ours: try notebook(ours),
      theirs: try notebook(theirs),
      facts: ["threads"],
      groupedBy: ToyEvaluator()
    )
  }

  private func text(_ merge: NotebookMerge) -> String {
    String(String(decoding: merge.bytes, as: UTF8.self).dropFirst("rsenb 1\n".count))
  }

  private static let base = """
    environment: a
    threads: 1

    # one
    say a
    | a
    ~ 1 s
    say b
    | b

    # two
    say c
    | c

    """

  @Test("takes each cell and line of prose from the side that changed it")
  func sides() throws {
    let ours = Self.base.replacing("say a\n| a\n~ 1 s", with: "say x\n| x")
      .replacing("# two", with: "# second").replacing("threads: 1", with: "threads: 2")
    let theirs =
      Self.base.replacing("say b\n| b", with: "say y\n| y\nsay z")
      .replacing("threads: 1", with: "threads: 3") + "say d\n| d\n"
    let merge = try merge(Self.base, ours, theirs)
    #expect(merge.conflicts == 0)
    #expect(
      text(merge) == """
        environment: a
        threads: 2

        # one
        say x
        | x
        say y
        | y
        say z

        # second
        say c
        | c
        say d
        | d

        """
    )
  }

  @Test("takes statements that follow each other one by one")
  func neighbours() throws {
    let merge = try merge(
      "\nsay a\nsay b\nsay c\n",
      "\nsay x\nsay b\nsay c\n",
      "\nsay a\nsay y\nsay c\n"
    )
    #expect(merge.conflicts == 0 && text(merge) == "\nsay x\nsay y\nsay c\n")
  }

  @Test("takes recorded output from the side that changed it, and does not mind times")
  func outputs() throws {
    let base = "\nsay a\n| a\n~ 1 s\nsay b\n"
    let ours = "\nsay a\n| a\n~ 2 s\nsay x\n"
    let theirs = "\nsay a\n| A\n~ 3 s\nsay b\n"
    #expect(text(try merge(base, ours, theirs)) == "\nsay a\n| A\n~ 3 s\nsay x\n")
    #expect(text(try merge(base, theirs, ours)) == "\nsay a\n| A\n~ 3 s\nsay x\n")
    let times = try merge(base, ours, base.replacing("1 s", with: "9 s"))
    #expect(times.conflicts == 0 && text(times) == ours)
    let both = try merge("\nsay a\n", "\nsay x\n| x\n", "\nsay x\n")
    #expect(both.conflicts == 0 && text(both) == "\nsay x\n| x\n")
  }

  @Test("marks what both sides have changed in different ways")
  func conflicts() throws {
    let code = try merge("\nsay a\n", "\nsay b\n| b\n", "\nsay c\n")
    #expect(code.conflicts == 1)
    #expect(text(code) == "\n<<<<<<< ours\nsay b\n| b\n=======\nsay c\n>>>>>>> theirs\n")
    let output = try merge("\nsay a\n| 0\n", "\nsay a\n| 1\n", "\nsay a\n| 2\n")
    #expect(output.conflicts == 1)
    #expect(text(output) == "\nsay a\n<<<<<<< ours\n| 1\n=======\n| 2\n>>>>>>> theirs\n")
    let header = try merge("environment: a\n", "environment: b\n", "environment: c\n")
    #expect(header.conflicts == 1)
    let deleted = try merge("\nsay a\n", "\n", "\nsay c\n")
    #expect(deleted.conflicts == 1)
  }

  @Test("of notebooks that were made anew on both sides keeps what is alike")
  func noBase() throws {
    #expect(try merge(nil, "\nsay a\n", "\nsay a\n").conflicts == 0)
    #expect(try merge(nil, "\nsay a\n", "\nsay b\n").conflicts == 1)
  }

  @Test("keeps the ends of lines, also of a last line without one")
  func endings() throws {
    let merge = try merge("\r\nsay a", "\r\nsay a", "\r\nsay a\r\nsay b\r\n")
    #expect(text(merge) == "\r\nsay a\r\nsay b\r\n")
  }

  @Test("with a side that changed nothing gives the other side, whatever that changed")
  func identities() throws {
    let lines = ["say a", "| a", "~ 1", "# p", "", "say b", "fail x", "! x", "  # c", "threads: 2"]
    var random = SeededRandom(seed: 3)
    for _ in 0..<300 {
      func notebook() -> String {
        "\n"
          + (0..<Int.random(in: 0...8, using: &random))
          .map { _ in (lines.randomElement(using: &random) ?? "") + "\n" }.joined()
      }
      let (base, other) = (notebook(), notebook())
      // Output above all cells, and below lines that are none, is moved as a recording does.
      let whole = try merge(other, other, other)
      let ours = try merge(base, other, base)
      let theirs = try merge(base, base, other)
      #expect(ours.conflicts == 0 && theirs.conflicts == 0)
      func compared(_ merge: NotebookMerge) -> [Substring] {
        text(merge).split(separator: "\n").filter { !$0.hasPrefix("~") }
      }
      #expect(compared(ours) == compared(whole) && compared(theirs) == compared(whole))
    }
  }
}
