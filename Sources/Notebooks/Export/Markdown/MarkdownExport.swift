/// Makes Markdown of a notebook, with its pictures in a folder beside it.
struct MarkdownExport {
  let document: ExportDocument
  /// The pictures, read as they are needed.
  var shelf: PictureShelf
  /// The copies of the pictures.
  var copies: PictureCopies
  /// The language named in code fences.
  let language: String

  /// Returns the whole document.
  mutating func text() -> String {
    // All pictures are known before the first copy is named.
    let pictures = identities()
    var parts: [String] = []
    if !document.hasHeading { parts.append("# \(MarkdownText.escaped(document.title))\n") }
    var code: [String] = []
    for block in document.blocks {
      switch block {
      case .prose(let text):
        endCode(&code, &parts)
        parts.append(prose(text, pictures))
      case .cell(let cell):
        if !cell.code.isEmpty { code.append(cell.code) }
        if cell.hasResults {
          endCode(&code, &parts)
          append(cell, pictures, to: &parts)
        }
      }
    }
    endCode(&code, &parts)
    parts.append(footer)
    return parts.joined(separator: "\n")
  }

  /// Puts statements with no output between them into one fence.
  private func endCode(_ code: inout [String], _ parts: inout [String]) {
    if !code.isEmpty {
      parts.append(MarkdownText.fenced(code.joined(separator: "\n"), info: language))
    }
    code = []
  }

  private var footer: String {
    var text = "---\n\n- notebook: \(MarkdownText.code(document.fileName))\n"
    for line in document.header {
      text += "- \(MarkdownText.escaped(line.key)): \(MarkdownText.code(line.value))\n"
    }
    let marks =
      (document.hasVolatileLines
        ? ["Lines with `~` change from run to run and are not compared."] : [])
      + (document.hasFailures ? ["Lines with `!` are messages of failures."] : [])
    return marks.isEmpty ? text : text + "\n" + marks.joined(separator: " ") + "\n"
  }

  // MARK: Prose

  private mutating func prose(_ text: String, _ pictures: Set<FileIdentity>) -> String {
    guard let tree = MarkdownTree(text) else { return MarkdownText.fenced(text, info: "markdown") }
    let isOpen = MarkdownTree.leavesOpen(text)
    if isOpen { tree.quoteBlocksOfHTML() }
    var (shelf, copies) = (shelf, copies)
    let hasChanged = tree.changeImages { address, words in
      guard let name = PictureShelf.name(ofAddress: address) else { return .keep }
      switch shelf.picture(named: name) {
      case .success(let picture):
        let path = copies.add(picture, named: name, among: pictures)
        return .address(MarkdownText.address(path))
      case .failure(let fault):
        return .words(plainSentence(fault, name))
      }
    }
    (self.shelf, self.copies) = (shelf, copies)
    return hasChanged || isOpen ? tree.commonMark() : text + "\n"
  }

  // MARK: Cells

  private mutating func append(
    _ cell: ExportCell,
    _ pictures: Set<FileIdentity>,
    to parts: inout [String]
  ) {
    var lines = cell.output.map { $0.isVolatile ? "~ \($0.text)".withoutTrailingBlanks : $0.text }
    if cell.pictures.isEmpty, let failure = cell.failure {
      lines += Self.lines(of: failure)
    }
    if !lines.isEmpty {
      parts.append(MarkdownText.fenced(lines.joined(separator: "\n"), info: "text"))
    }
    for name in cell.pictures {
      parts.append(picture(name, drawnBy: cell, pictures))
    }
    if !cell.pictures.isEmpty, let failure = cell.failure {
      let text = Self.lines(of: failure).joined(separator: "\n")
      parts.append(MarkdownText.fenced(text, info: "text"))
    }
  }

  private mutating func picture(
    _ name: String,
    drawnBy cell: ExportCell,
    _ pictures: Set<FileIdentity>
  ) -> String {
    switch shelf.picture(named: name) {
    case .success(let picture):
      let path = copies.add(picture, named: name, among: pictures)
      let words = MarkdownText.escaped(cell.description(of: name))
      return "![\(words)](\(MarkdownText.address(path)))\n"
    case .failure(let fault):
      let sentence = fault.description(of: name, remedy: document.remedy).map { phrase in
        switch phrase {
        case .words(let words): MarkdownText.escaped(words)
        case .code(let code): MarkdownText.code(code)
        }
      }
      return "**\(sentence.joined())**\n"
    }
  }

  private static func lines(of failure: ExportFailure) -> [String] {
    let title = failure.kind == .expected ? [] : ["! \(failure.kind.title.lowercased())"]
    let message =
      failure.message.isEmpty && title.isEmpty ? ["fails, as expected"] : failure.message
    return title + message.map { "! \($0)".withoutTrailingBlanks }
  }

  private func plainSentence(_ fault: PictureFault, _ name: String) -> String {
    fault.description(of: name, remedy: document.remedy).map { phrase in
      switch phrase {
      case .words(let words), .code(let words): words
      }
    }.joined()
  }

  // MARK: Pictures

  /// Returns the identities of all files that the notebook's pictures come from.
  private mutating func identities() -> Set<FileIdentity> {
    var names: [String] = []
    for block in document.blocks {
      switch block {
      case .cell(let cell): names += cell.pictures
      case .prose(let text):
        _ = MarkdownTree(text)?.changeImages { address, _ in
          names += PictureShelf.name(ofAddress: address).map { [$0] } ?? []
          return .keep
        }
      }
    }
    return Set(names.compactMap { try? shelf.picture(named: $0).get().identity })
  }
}
