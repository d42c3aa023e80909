import Foundation

/// Makes a Jupyter notebook of a notebook, with its pictures embedded.
struct JupyterExport {
  let document: ExportDocument
  /// The pictures, read as they are needed.
  var shelf: PictureShelf
  /// The name of the kernel and of the language.
  let language: String
  /// True if the notebook was run, so that its cells have execution counts.
  let isRecorded: Bool

  /// Returns the file's bytes; the same notebook always has the same bytes.
  mutating func bytes() -> [UInt8] {
    var json = JSONText()
    json.writeObject { json in
      json.writeMember("cells") { $0.writeList { writeCells(to: &$0) } }
      json.writeMember("metadata") { $0.write(metadata) }
      json.writeMember("nbformat") { $0.write(.number(JupyterNotebook.format)) }
      json.writeMember("nbformat_minor") { $0.write(.number(JupyterNotebook.formatMinor)) }
    }
    json.endLine()
    return json.bytes
  }

  private mutating func writeCells(to json: inout JSONText) {
    if !document.hasHeading {
      let title = "# " + MarkdownText.escaped(document.title)
      let cell = JupyterNotebook.Cell.markdown(id: "title", source: [title], attachments: [:])
      json.writeElement(cell.json)
    }
    for (index, block) in document.blocks.enumerated() {
      json.writeElement(cell(block, id: "block-\(index + 1)").json)
    }
  }

  private mutating func cell(_ block: ExportDocument.Block, id: String) -> JupyterNotebook.Cell {
    switch block {
    case .prose(let text): return prose(text, id: id)
    case .cell(let cell) where cell.code.isEmpty:
      let text = cell.output.map(\.text).joined(separator: "\n")
      return .raw(id: id, source: Self.lines(text))
    case .cell(let cell): return code(cell, id: id)
    }
  }

  /// The metadata that Jupyter requires about the language, and the notebook's header.
  private var metadata: JSONValue {
    let header = Dictionary(grouping: document.header, by: \.key)
    return .object([
      (
        "kernelspec",
        .object([
          ("display_name", .text(language.uppercased())), ("language", .text(language)),
          ("name", .text(language)),
        ])
      ),
      (
        "language_info",
        .object([("file_extension", .text(".rsenb")), ("name", .text(language))])
      ),
      ("rsenb", .object(header) { .texts($0.map(\.value)) }),
      ("title", .text(document.title)),
    ])
  }

  private mutating func prose(_ text: String, id: String) -> JupyterNotebook.Cell {
    var attachments: [String: [String: String]] = [:]
    var names: [String: String] = [:]
    var source = text
    if let tree = MarkdownTree(text) {
      var shelf = shelf
      let remedy = document.remedy
      let hasChanged = tree.changeImages { address, _ in
        guard let name = PictureShelf.name(ofAddress: address) else { return .keep }
        switch shelf.picture(named: name) {
        case .success(let picture):
          let attachment =
            names[name] ?? "picture-\(attachments.count + 1).\(picture.format.suffix)"
          names[name] = attachment
          attachments[attachment] = [
            picture.format.rawValue: Data(picture.bytes).base64EncodedString()
          ]
          return .address("attachment:" + attachment)
        case .failure(let fault):
          return .words(Self.sentence(fault.description(of: name, remedy: remedy)))
        }
      }
      self.shelf = shelf
      if hasChanged { source = tree.commonMark().withoutTrailingNewline }
    }
    return .markdown(id: id, source: Self.lines(source), attachments: attachments)
  }

  private mutating func code(_ cell: ExportCell, id: String) -> JupyterNotebook.Cell {
    var outputs: [JupyterNotebook.Output] = cell.runs.map { run in
      let text = run.lines.joined(separator: "\n")
      return run.isVolatile
        ? .volatile(text: Self.lines(text))
        : .stream(name: "stdout", text: run.lines.map { $0 + "\n" })
    }
    for name in cell.pictures {
      switch shelf.picture(named: name) {
      case .success(let picture):
        // Jupyter outputs hold SVG as text, other pictures in base 64.
        let data =
          picture.format == .svg
          ? String(decoding: picture.bytes, as: UTF8.self)
          : Data(picture.bytes).base64EncodedString()
        outputs.append(
          .picture(data: [picture.format.rawValue: data, "text/plain": cell.description(of: name)])
        )
      case .failure(let fault):
        let sentence = Self.sentence(fault.description(of: name, remedy: document.remedy))
        outputs.append(.stream(name: "stderr", text: [sentence + "\n"]))
      }
    }
    if let failure = cell.failure {
      outputs.append(
        .error(
          name: failure.kind.rawValue,
          value: failure.message.first ?? "",
          traceback: failure.message.isEmpty ? [failure.kind.title] : failure.message
        )
      )
    }
    let count = isRecorded ? cell.number : nil
    return .code(
      id: id,
      source: Self.lines(cell.code),
      count: count,
      outputs: outputs,
      isFailing: cell.failure?.kind == .expected
    )
  }

  /// Returns the lines of a text, each but the last with its newline, as Jupyter writes them.
  private static func lines(_ text: String) -> [String] {
    let lines = text.utf8.split(separator: .lineFeed, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    return lines.dropLast().map { $0 + "\n" } + lines.suffix(1)
  }

  private static func sentence(_ phrases: [PictureFault.Phrase]) -> String {
    phrases.map { phrase in
      switch phrase {
      case .words(let words): words
      case .code(let code): "`\(code)`"
      }
    }.joined()
  }
}

extension String {
  fileprivate var withoutTrailingNewline: String {
    utf8.last == .lineFeed ? String(utf8.dropLast()) ?? self : self
  }
}
