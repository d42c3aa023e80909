import CCmark
import Foundation
import TestSupport
import Testing

@testable import Notebooks

@Suite("A notebook as Markdown")
struct MarkdownExportTests {
  /// The literals of the blocks of code that a fence with this mark opens.
  private func blocks(_ text: String, _ info: String) throws -> [String] {
    let tree = try #require(MarkdownTree(text))
    return tree.nodes { cmark_node_get_type($0) == CMARK_NODE_CODE_BLOCK }
      .filter { cmark_node_get_fence_info($0).map { String(cString: $0) } == info }
      .compactMap { cmark_node_get_literal($0).map { String(cString: $0) } }
  }

  @Test("keeps prose, joins statements without output, marks volatile lines and failures")
  func structure() throws {
    let export = try ExportTry(
      "# # T\n# *a*\n\nset x\nset y\nsay a\n| a\n~ 1 s\nfail\n! no\nfail\n!\nsay b\n~ failed: bad\n"
    )
    #expect(
      export.markdown() == """
        # T
        *a*

        ```rse
        set x
        set y
        say a
        ```

        ```text
        a
        ~ 1 s
        ```

        ```rse
        fail
        ```

        ```text
        ! no
        ```

        ```rse
        fail
        ```

        ```text
        ! fails, as expected
        ```

        ```rse
        say b
        ```

        ```text
        ! failed
        ! bad
        ```

        ---

        - notebook: `book.rsenb`

        Lines with `~` change from run to run and are not compared. Lines with `!` are messages of failures.

        """
    )
  }

  @Test("fences code and output of any kind", arguments: Hostile.texts)
  func fences(text: String) throws {
    let lines = text.replacing("\0", with: "0").split(separator: "\n")
    for line in lines where line.utf8.last.map({ !$0.isBlank }) ?? false {
      let export = try ExportTry("say \(line)\n| \(line)\n")
      let markdown = export.markdown()
      #expect(try blocks(markdown, "rse") == ["say \(line)\n"])
      #expect(try blocks(markdown, "text") == ["\(line)\n"])
    }
  }

  @Test(
    "ends what prose leaves open",
    arguments: [
      "```", "~~~~\n# x", "<!-- x", "<script>", "<?x", "<![CDATA[", "<pre>", "> ```", "- ```",
      "```\n# ![x](y.png)", "<!X",
    ]
  )
  func openEnds(prose: String) throws {
    let markdown = try ExportTry("# \(prose)\nsay a\n| a\n").markdown()
    #expect(try blocks(markdown, "rse") == ["say a\n"])
    #expect(try blocks(markdown, "text") == ["a\n"])
  }

  @Test("copies pictures beside it, each once, and numbers names that clash")
  func pictures() throws {
    let export = try ExportTry(
      """
      # ![x](a/loss.png "t") <b>
      plot
      | b/loss.png  drawing 0123456789ab
      plot
      | a/loss.png
      | ./a/loss.png
      | c/LOSS.png
      | d e(1).png  drawing 0123456789ab
      """,
      pictures: ["a/loss.png", "b/loss.png", "c/LOSS.png", "d e(1).png"]
    )
    let result = export.export(as: .markdown, to: "out.md")
    #expect(result.missing.isEmpty)
    let paths = result.files.map { String($0.path.dropFirst(export.folder.path.count + 1)) }
    #expect(
      paths == [
        "out_files/loss.png", "out_files/loss-2.png", "out_files/LOSS-3.png",
        "out_files/d e(1).png", "out.md",
      ]
    )
    #expect(result.files.map(\.bytes).dropLast() == [0, 1, 2, 3].map { ExportTry.png(number: $0) })
    let text = String(decoding: result.document, as: UTF8.self)
    #expect(text.contains("![x](out_files/loss.png \"t\") <b>"))
    #expect(text.contains("](out_files/d%20e%281%29.png)"))
    try result.write()
    #expect(try export.folder.names() == ["a", "b", "c", "d e(1).png", "out.md", "out_files"])
    #expect(try export.folder.text(of: "out.md") == text)
    try result.write()
  }

  @Test("never replaces one of the notebook's pictures by the copy of another")
  func ownPictures() throws {
    let export = try ExportTry(
      "plot\n| loss.png\nplot\n| out_files/loss.png\n",
      pictures: ["loss.png", "out_files/loss.png"]
    )
    let result = export.export(as: .markdown, to: "out.md")
    try result.write()
    let names = result.files.map { $0.path.dropFirst(export.folder.path.count + 1) }
    #expect(names == ["out_files/loss-2.png", "out_files/loss.png", "out.md"])
    let kept = try Data(contentsOf: URL(fileURLWithPath: export.folder("out_files/loss.png")))
    #expect(Array(kept) == ExportTry.png(number: 1))
  }

  @Test("says where a picture is missing, and needs no folder then")
  func missing() throws {
    let export = try ExportTry("# ![x](n_1.png)\nplot\n| p_q.png  drawing 0123456789ab\n")
    let result = export.export(as: .markdown, to: "out.md")
    #expect(result.missing == ["n_1.png", "p_q.png"])
    try result.write()
    #expect(try export.folder.names() == ["out.md"])
    let text = export.markdown()
    #expect(text.contains("**picture p\\_q.png is missing: run `rse record book.rsenb`**"))
    #expect(text.contains("picture n\\_1.png is missing"))
  }

  @Test("says which folder cannot be made")
  func folder() throws {
    let export = try ExportTry("plot\n| a.png\n", pictures: ["a.png"])
    try export.folder.write("x", to: "out_files")
    let result = export.export(as: .markdown, to: "out.md")
    #expect(throws: (any Error).self) { try result.write() }
    #expect(try export.folder.names() == ["a.png", "out_files"])
  }

  @Test(
    "goes beside the notebook if nothing else is asked",
    arguments: [
      ("a.rsenb", "a.md"), ("x/a.b.rsenb", "x/a.b.md"), ("a.txt", "a.txt.md"),
      (".rsenb", ".rsenb.md"),
      ("x.y/.rsenb", "x.y/.rsenb.md"),
    ]
  )
  func paths(notebook: String, path: String) {
    #expect(NotebookExport.Format.markdown.path(beside: notebook) == path)
  }
}
