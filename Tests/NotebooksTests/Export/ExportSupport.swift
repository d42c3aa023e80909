import Foundation
import TestSupport
import Testing

@testable import Notebooks

/// Exports of a notebook of these lines, in a folder with some pictures.
struct ExportTry {
  let folder: TemporaryFolder
  let notebook: Notebook
  var options = ExportOptions()

  init(_ text: String, file: String = "book.rsenb", pictures: [String] = []) throws {
    folder = try TemporaryFolder()
    for (index, name) in pictures.enumerated() {
      let path = folder(name)
      try FileManager.default.createDirectory(
        atPath: String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]),
        withIntermediateDirectories: true
      )
      try Data(Self.png(number: UInt8(index))).write(to: URL(fileURLWithPath: path))
    }
    notebook = try Notebook(parsing: "rsenb 1\n\n" + text, file: folder(file))
  }

  /// The first bytes of a picture of 3 by 2 points, and a number to know it by.
  static func png(number: UInt8) -> [UInt8] {
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
      + [0, 0, 0, 3, 0, 0, 0, 2, number]
  }

  /// A picture of 3 by 2 points as SVG.
  static let svg = """
    <?xml version="1.0" encoding="UTF-8"?>
    <svg xmlns="http://www.w3.org/2000/svg" width="3pt" height="2pt"><text>“a”</text></svg>
    """

  static func code(of number: UInt8) -> String { Data(png(number: number)).base64EncodedString() }

  func export(as format: NotebookExport.Format, to name: String = "out") -> NotebookExport {
    NotebookExport.make(
      notebook,
      as: format,
      to: folder(name),
      groupedBy: ToyEvaluator(),
      options: options
    )
  }

  func html() -> String { String(decoding: export(as: .html).document, as: UTF8.self) }

  func page() throws -> CheckedPage { try CheckedPage(html()) }

  func markdown() -> String {
    String(decoding: export(as: .markdown, to: "out.md").document, as: UTF8.self)
  }

  func cells() throws -> [[String: Any]] {
    try #require(try json()["cells"] as? [[String: Any]])
  }

  func json() throws -> [String: Any] {
    let bytes = export(as: .jupyter, to: "out.ipynb").document
    return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }
}

/// Texts that try to become markup.
enum Hostile {
  static let texts = [
    "<script>alert(1)</script>", "</samp></pre><script src=//x.y></script>", "<!--", "-->",
    "<![CDATA[",
    "<?php", "</style><style>", "\"><img src=x onerror=alert(1)>", "' onload='x", "&lt;script&gt;",
    "&",
    "&#60;b&#62;", "\0", "\u{1B}[31m", "\u{7F}\u{9B}", "\u{202E}gnp", "\u{FFFE}", "```",
    "````\n```",
    "`", "~~~", "[a](javascript:alert(1))", "[a](JaVaScript&#58;alert(1))", "<javascript:alert(1)>",
    "[a]( data:text/html,<b>)", "[a](<java\tscript:x>)", "![a](data:image/svg+xml,<svg/onload=x>)",
    "![a](\"onerror=x)", "[a]: javascript:x\n\n[a]", "<a href=javascript:x>y</a>",
    "<div\nonclick=x>",
    "| a | <b> |\n|---|---|\n| <i> | [x](vbscript:y) |", "# <h1 onclick=x>", "a  \n<br><BR/>",
    "![![b](c.png)](d.png)", "<details><summary>x", "é👩‍👩‍👧\u{301}", "\\<b>", "***", "> - > 1. # x",
    "<img src=\"x.png\">", "%3Cscript%3E", "<!-- a --><script>x</script>",
    "[x](file:///etc/passwd)",
  ]

  /// Lines of prose, or of output, that hold a text.
  static func lines(_ text: String, mark: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "\(mark) \($0)\n" }.joined()
  }
}
