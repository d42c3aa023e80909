import Foundation
import Wording

/// Converts the cells of a Jupyter notebook into a notebook, one after another.
struct JupyterImport {
  /// The Jupyter notebook's name as messages show it.
  let file: String
  let hasOutputs: Bool
  let evaluator: any NotebookEvaluator
  private(set) var notebook: Notebook
  private(set) var pictures: [ExportedFile] = []
  private(set) var remarks: [String] = []
  /// The folder of the prose's pictures, beside the notebook.
  private let folder: String
  private var lostPictures = 0

  /// - Parameter path: the path to which the notebook will be written.
  init(file: String, path: String, hasOutputs: Bool, evaluator: any NotebookEvaluator) {
    self.file = file
    self.hasOutputs = hasOutputs
    self.evaluator = evaluator
    folder = path.withoutNotebookSuffix.fileName + "_files"
    let first = "\(Notebook.magic) \(Notebook.version)"
    notebook = Notebook(
      file: path,
      hasByteOrderMark: false,
      lines: [NotebookLine(kind: .version, text: first, ending: .lineFeed)]
    )
  }

  /// Adds a whole document.
  ///
  /// Throws ``JupyterError``.
  mutating func add(_ document: JupyterDocument, recordedKeys: [String]) throws(JupyterError) {
    addHeader(document.header ?? [:], recordedKeys: recordedKeys)
    for cell in document.cells {
      switch cell.kind {
      case .markdown:
        if !isTitle(cell, of: document) { addProse(cell) }
      case .code: try addCode(cell)
      case .raw: addRaw(cell, isExported: document.header != nil)
      }
    }
    if lostPictures > 0 {
      remarks.append(
        "\(counted(lostPictures, "picture")) in the output left out: running draws them again"
      )
    }
  }

  private mutating func addHeader(_ header: [String: [String]], recordedKeys: [String]) {
    let keys = [Notebook.environmentKey] + recordedKeys
    let others = header.keys.filter { !keys.contains($0) }.sorted()
    for key in (hasOutputs ? keys : []) + others {
      guard HeaderLine("\(key):".utf8) != nil else { continue }
      for value in header[key] ?? [] {
        add([(.header, "\(key): \(value.textLines.joined(separator: " ").withoutOuterBlanks)")])
      }
    }
  }

  /// Returns true for the title cell that an export adds if the prose has none; it would become prose.
  private func isTitle(_ cell: JupyterDocument.Cell, of document: JupyterDocument) -> Bool {
    let title = notebook.file.fileName.withoutNotebookSuffix
    return document.header != nil && cell.id == "title"
      && cell.source == "# " + MarkdownText.escaped(title)
  }

  // MARK: - Prose

  private mutating func addProse(_ cell: JupyterDocument.Cell) {
    var text = cell.source
    for (name, data) in cell.attachments.sorted(by: { $0.key.count > $1.key.count }) {
      guard let bytes = Self.picture(in: data), let path = addPicture(bytes, named: name) else {
        remarks.append("cell \(cell.number): the attachment \(name) is no picture and left out")
        continue
      }
      text = text.replacing("attachment:" + name, with: MarkdownText.address(path))
    }
    if !text.utf8.allSatisfy({ $0.isBlank || $0 == .lineFeed }) { append(prose: text) }
  }

  /// Adds Markdown, separated from the prose above it.
  private mutating func append(prose text: String) {
    if notebook.lines.last?.kind == .prose { add([(.blank, "")]) }
    notebook.append(prose: text)
  }

  /// Stores a picture of the prose under a unique name, and returns its path relative to the notebook.
  private mutating func addPicture(_ bytes: [UInt8], named name: String) -> String? {
    guard let format = Picture.Format(of: bytes) else { return nil }
    let parts = name.fileName.utf8.split(separator: UInt8(ascii: "."))
    let stem = parts.first.map { String(decoding: $0, as: UTF8.self) } ?? "picture"
    var (number, path) = (1, "\(folder)/\(stem).\(format.suffix)")
    func place(_ path: String) -> String { path.inFolder(notebook.file.folderName) }
    while let same = pictures.first(where: { $0.path == place(path) }) {
      if same.bytes == bytes { return path }
      number += 1
      path = "\(folder)/\(stem)-\(number).\(format.suffix)"
    }
    pictures.append(ExportedFile(path: place(path), bytes: bytes))
    return path
  }

  /// Returns a picture given in base 64 or, as SVG may be, as text.
  private static func picture(in data: [String: String]) -> [UInt8]? {
    for format in Picture.Format.allCases {
      guard let text = data[format.rawValue] else { continue }
      if format == .svg, text.utf8.contains(UInt8(ascii: "<")) { return Array(text.utf8) }
      return Data(base64Encoded: text, options: .ignoreUnknownCharacters).map(Array.init)
    }
    return nil
  }

  private mutating func addRaw(_ cell: JupyterDocument.Cell, isExported: Bool) {
    guard !cell.source.isEmpty else { return }
    if isExported {
      // An export puts output above the first statement into such a cell, without its kind.
      if hasOutputs {
        add([(.blank, "")] + cell.source.textLines.map { CellRun.line(.stable, $0) })
      }
    } else {
      let text = cell.source.textLines.joined(separator: "\n")
      append(prose: MarkdownText.fenced(text, info: ""))
    }
  }

  // MARK: - Code

  private mutating func addCode(_ cell: JupyterDocument.Cell) throws(JupyterError) {
    var lines = cell.source.textLines
    while lines.last?.utf8.allSatisfy(\.isBlank) ?? false { lines.removeLast() }
    while lines.first?.utf8.allSatisfy(\.isBlank) ?? false { lines.removeFirst() }
    var isFailing = false
    if lines.last?.withoutTrailingBlanks == "!" {
      isFailing = true
      lines.removeLast()
    }
    guard !lines.isEmpty else { return }
    try check(lines, of: cell)
    let groups = evaluator.groups(in: lines.joined(separator: "\n"))
    add([(.blank, "")])
    add(
      lines.enumerated().map { index, text in
        let kind = NotebookLine.bodyKind(of: text.utf8)
        let isInside = groups.contains { $0.contains(index) }
        // A comment between statements would become prose, and other lines would become output.
        return kind.isOutput || kind == .prose && !isInside ? (.code, " " + text) : (kind, text)
      }
    )
    addOutputs(of: cell, isFailing: isFailing)
  }

  /// Rejects lines meant for Jupyter, its shell or the kernel of another language.
  private func check(_ lines: [String], of cell: JupyterDocument.Cell) throws(JupyterError) {
    let first = cell.source.textLines.firstIndex(of: lines[0]) ?? 0
    for (index, line) in lines.enumerated() {
      let text = line.withoutOuterBlanks
      guard text.hasPrefix("%") || text.hasPrefix("!") else { continue }
      throw .otherLanguage(
        file: file,
        cell: cell.number,
        line: first + index + 1,
        text: text.count > 40 ? text.prefix(40) + "…" : text
      )
    }
  }

  private mutating func addOutputs(of cell: JupyterDocument.Cell, isFailing: Bool) {
    var output: [OutputLine] = []
    var data: [(bytes: [UInt8], words: String)] = []
    var failure = isFailing ? FailureExpectation(message: []) : nil
    for part in cell.outputs {
      switch part {
      case .stream(let isError, let text):
        output += text.outputLines.map { OutputLine($0, isVolatile: isError) }
      case .data(let texts, let isVolatile):
        if let picture = Self.picture(in: texts) {
          data.append((picture, texts["text/plain"] ?? ""))
        } else if let text = texts["text/plain"] {
          output += text.outputLines.map { OutputLine($0, isVolatile: isVolatile) }
        }
      case .error(let name, let value, let traceback):
        switch ExportFailure.Kind(rawValue: name) {
        case .expected?:
          let isBare = value.isEmpty && traceback == [ExportFailure.Kind.expected.title]
          failure = FailureExpectation(message: isBare ? [] : traceback)
        case .interrupted?: output.append(OutputLine("interrupted", isVolatile: true))
        case .unexpected?:
          output += traceback.map { OutputLine("failed: \($0)", isVolatile: true) }
        case nil where name == JupyterNotebook.failureName:
          // Jupyter continues after a cell that fails, as a notebook does if it is marked.
          failure = FailureExpectation(message: value.textLines)
        case nil:
          output.append(OutputLine("failed: \(name): \(value)", isVolatile: true))
        }
      }
    }
    if hasOutputs {
      let names = PictureNames.inOutput(output)
      output.removeAll { line in
        // The text that an export shows for a missing picture.
        line.isVolatile && names.contains { line.text.hasPrefix("picture \($0) ") }
      }
      add(
        output.flatMap(\.recordable).map {
          CellRun.line($0.isVolatile ? .volatile : .stable, $0.text)
        }
      )
      addPictures(data, named: names)
    } else {
      failure?.message = []
    }
    guard let failure else { return }
    add(
      failure.message.isEmpty
        ? [(.failure, "!")]
        : failure.message.flatMap(\.textLines).map {
          CellRun.line(.failure, $0.withoutTrailingBlanks)
        }
    )
  }

  /// Stores a cell's pictures under the names that its output gives.
  private mutating func addPictures(
    _ data: [(bytes: [UInt8], words: String)],
    named names: [String]
  ) {
    for (index, picture) in data.enumerated() {
      // An export names the picture; otherwise they are assumed to be in order.
      let said = names.first { picture.words == $0 || picture.words.hasPrefix("\($0), drawn by: ") }
      let name = said ?? (data.count == names.count ? names[index] : nil)
      guard let name, Picture.Format(of: picture.bytes) != nil, Self.staysInFolder(name) else {
        lostPictures += 1
        continue
      }
      let path = name.inFolder(notebook.file.folderName)
      pictures.removeAll { $0.path == path }
      pictures.append(ExportedFile(path: path, bytes: picture.bytes))
    }
  }

  /// Returns true if a name from a file stays within the notebook's folder.
  private static func staysInFolder(_ name: String) -> Bool {
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return !name.utf8.contains(0)
      && parts.allSatisfy { !$0.isEmpty && !$0.elementsEqual("..".utf8) }
  }

  // MARK: - Lines

  private mutating func add(_ lines: [(kind: NotebookLine.Kind, text: String)]) {
    notebook.insert(lines, at: notebook.lines.count)
  }
}

extension String {
  /// The lines of a stream, with or without a final newline; none if it is empty.
  fileprivate var outputLines: [String] { isEmpty ? [] : textLines }
}
