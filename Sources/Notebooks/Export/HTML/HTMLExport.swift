import Foundation

/// Makes one HTML page of a notebook, with style, pictures and a script for copying code inlined.
struct HTMLExport {
  let document: ExportDocument
  /// The pictures, read as they are needed.
  var shelf: PictureShelf
  /// Returns the parts of code to be coloured.
  let colors: (@Sendable (String) -> [CodeColor])?
  /// The pages that this one may link to, if it is one of several.
  var links: SiteLinks?

  /// Returns the whole page.
  mutating func page() -> String {
    var page = Self.head(title: document.title) + "<body>\n<main>\n"
    if let links { page += links.navigation }
    if !document.hasHeading { page += "<h1>\(HTMLText.escaped(document.title))</h1>\n" }
    var isAmongCells = false
    for block in document.blocks {
      switch block {
      case .prose(let text):
        if isAmongCells { page += "</div>\n" }
        isAmongCells = false
        page += prose(text)
      case .cell(let cell):
        if !isAmongCells { page += "<div class=\"cells\">\n" }
        isAmongCells = true
        append(cell, to: &page)
      }
    }
    if isAmongCells { page += "</div>\n" }
    page += "</main>\n"
    page += footer
    if document.blocks.contains(where: \.hasCode) {
      page += "<script>\(CopyScript.text)</script>\n"
    }
    page += "</body>\n</html>\n"
    return page
  }

  /// Returns the head of a page with the given title.
  static func head(title: String) -> String {
    // The policy keeps a page from loading anything, whatever content it has.
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" \
    content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src \(CopyScript.source)">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="generator" content="rse">
    <title>\(HTMLText.escaped(title))</title>
    <style>
    \(HTMLStyle.sheet)</style>
    </head>

    """
  }

  private var footer: String {
    var facts = "<dt>notebook</dt><dd>\(HTMLText.escaped(document.fileName))</dd>\n"
    for line in document.header {
      facts += "<dt>\(HTMLText.escaped(line.key))</dt><dd>\(HTMLText.escaped(line.value))</dd>\n"
    }
    let note =
      document.hasVolatileLines
      ? """
      <p><span class="volatile">Paler lines</span> change from run to run; a replay compares the other \
      lines only.</p>

      """ : ""
    return """
      <footer>
      <details>
      <summary>About this notebook</summary>
      <dl>
      \(facts)</dl>
      \(note)</details>
      </footer>

      """
  }

  // MARK: Prose

  private mutating func prose(_ text: String) -> String {
    let text = HTMLText.printable(text)
    guard let tree = MarkdownTree(text) else {
      return "<pre class=\"plain\"><samp>\(HTMLText.escaped(text))</samp></pre>\n"
    }
    tree.disarm()
    if let links { tree.changeLinks { links.address($0) } }
    // The tree calls back at once; the shelf is put back afterwards.
    var shelf = shelf
    _ = tree.changeImages { address, words in
      .markup(inlinePicture(at: address, words, from: &shelf))
    }
    self.shelf = shelf
    return tree.html()
  }

  private func inlinePicture(
    at address: String,
    _ words: String,
    from shelf: inout PictureShelf
  ) -> String {
    guard let name = PictureShelf.name(ofAddress: address) else {
      let words = HTMLText.escaped(words.isEmpty ? address : words)
      let isPage = ["http", "https"].contains(MarkdownTree.scheme(of: address))
      return isPage ? "<a href=\"\(HTMLText.escaped(address))\">\(words)</a>" : words
    }
    return switch shelf.picture(named: name) {
    case .success(let picture): element(picture, words: words)
    case .failure(let fault): "<span class=\"missing\">\(sentence(fault, name))</span>"
    }
  }

  // MARK: Cells

  private mutating func append(_ cell: ExportCell, to body: inout String) {
    body += cell.number.map { "<section class=\"cell\" id=\"cell-\($0)\">\n" } ?? "<section>\n"
    if !cell.code.isEmpty {
      body += "<pre class=\"code\"><code>"
      body += CodeMarkup.html(of: cell.code, colors: colors?(cell.code) ?? [])
      body += "</code></pre>\n"
    }
    append(cell.runs, to: &body)
    for name in cell.pictures { append(name, drawnBy: cell, to: &body) }
    if let failure = cell.failure { append(failure, to: &body) }
    body += "</section>\n"
  }

  /// Appends output: lines unchanged, tables as HTML tables.
  private func append(_ runs: [(lines: [String], isVolatile: Bool)], to body: inout String) {
    var text = ""
    func endLines() {
      if !text.isEmpty { body += "<pre class=\"output\"><samp>\(text)</samp></pre>\n" }
      text = ""
    }
    for run in runs {
      for part in OutputPart.parts(of: run.lines) {
        switch part {
        case .lines(let lines):
          let words = HTMLText.escaped(lines.joined(separator: "\n"))
          if !text.isEmpty { text += "\n" }
          text += run.isVolatile ? "<span class=\"volatile\">\(words)</span>" : words
        case .table(let table):
          endLines()
          body += Self.html(of: table, isVolatile: run.isVolatile)
        }
      }
    }
    endLines()
  }

  private static func html(of table: OutputTable, isVolatile: Bool) -> String {
    func row(_ cells: [String], _ name: String) -> String {
      let parts = zip(cells, table.isRight).map { text, isRight in
        "<\(name)\(isRight ? " align=\"right\"" : "")>\(HTMLText.escaped(text))</\(name)>"
      }
      return "<tr>\(parts.joined())</tr>\n"
    }
    let rows = table.rows.dropFirst().map { row($0, "td") }.joined()
    return """
      <div class="table output\(isVolatile ? " volatile" : "")"><table>
      <thead>
      \(row(table.rows[0], "th"))</thead>
      <tbody>
      \(rows)</tbody>
      </table></div>

      """
  }

  private mutating func append(_ name: String, drawnBy cell: ExportCell, to body: inout String) {
    switch shelf.picture(named: name) {
    case .success(let picture):
      body += "<figure>\(element(picture, words: cell.description(of: name)))</figure>\n"
    case .failure(let fault):
      body += "<p class=\"missing\">\(sentence(fault, name))</p>\n"
    }
  }

  private func append(_ failure: ExportFailure, to body: inout String) {
    body += "<div class=\"failure \(failure.kind == .expected ? "expected" : "unexpected")\">\n"
    body += "<p>\(failure.kind.title)</p>\n"
    if !failure.message.isEmpty {
      let text = HTMLText.escaped(failure.message.joined(separator: "\n"))
      body += "<pre><samp>\(text)</samp></pre>\n"
    }
    body += "</div>\n"
  }

  // MARK: Pictures

  private func element(_ picture: Picture, words: String) -> String {
    let size = picture.size.map { " width=\"\($0.width)\" height=\"\($0.height)\"" } ?? ""
    let data = Data(picture.bytes).base64EncodedString()
    return "<img alt=\"\(HTMLText.escaped(words))\"\(size) "
      + "src=\"data:\(picture.format.rawValue);base64,\(data)\">"
  }

  private func sentence(_ fault: PictureFault, _ name: String) -> String {
    fault.description(of: name, remedy: document.remedy).map { phrase in
      switch phrase {
      case .words(let words): HTMLText.escaped(words)
      case .code(let code): "<code>\(HTMLText.escaped(code))</code>"
      }
    }.joined()
  }
}

extension ExportDocument.Block {
  /// True if it has code to copy.
  fileprivate var hasCode: Bool {
    if case .cell(let cell) = self { !cell.code.isEmpty } else { false }
  }
}
