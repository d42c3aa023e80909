import Foundation

/// A Jupyter notebook of format 4, as read.
struct JupyterDocument {
  /// A cell with its number, from 1.
  struct Cell {
    /// The kind of a cell's content.
    enum Kind: String {
      case markdown
      case code
      case raw
    }

    let number: Int
    let id: String?
    let kind: Kind
    let source: String
    /// Base-64 files that prose shows, by name and MIME type.
    let attachments: [String: [String: String]]
    let outputs: [Output]
  }

  /// An output below a code cell.
  enum Output {
    case stream(isError: Bool, text: String)
    /// Displayed data by MIME type: texts, pictures in base 64; volatile if it differs from run to run.
    case data([String: String], isVolatile: Bool)
    case error(name: String, value: String, traceback: [String])
  }

  let cells: [Cell]
  /// The language of its statements; nil if not specified.
  let language: String?
  /// The header of the notebook that it was exported from, unordered; nil if it was not exported.
  let header: [String: [String]]?

  /// Reads the bytes of a file.
  ///
  /// Throws ``JupyterError``.
  init(parsing bytes: [UInt8], file: String) throws(JupyterError) {
    let members = try Self.object(bytes, file: file)
    guard let version = members["nbformat"] as? Int else {
      throw .noNotebook(file: file, missing: "number `nbformat`")
    }
    guard version == 4 else { throw .otherFormat(file: file, version: version) }
    guard let list = members["cells"] as? [Any] else {
      throw .noNotebook(file: file, missing: "list `cells`")
    }
    let metadata = members["metadata"] as? [String: Any]
    let kernel = metadata?["kernelspec"] as? [String: Any]
    let info = metadata?["language_info"] as? [String: Any]
    language = kernel?["language"] as? String ?? info?["name"] as? String
    header = metadata?["rsenb"] as? [String: [String]]
    var cells: [Cell] = []
    for (index, value) in list.enumerated() {
      cells.append(try Cell(value, number: index + 1, file: file))
    }
    self.cells = cells
  }

  private static func object(_ bytes: [UInt8], file: String) throws(JupyterError) -> [String: Any] {
    let value: Any
    do {
      value = try JSONSerialization.jsonObject(with: Data(bytes))
    } catch {
      let words = (error as NSError).userInfo["NSDebugDescription"] as? String
      let reason = words.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 } ?? "it is no JSON"
      throw .noJSON(file: file, reason: reason)
    }
    guard let members = value as? [String: Any] else {
      throw .noJSON(file: file, reason: "its JSON is no object")
    }
    return members
  }
}

extension JupyterDocument.Cell {
  fileprivate init(_ value: Any, number: Int, file: String) throws(JupyterError) {
    guard let members = value as? [String: Any], let name = members["cell_type"] as? String,
      let kind = Kind(rawValue: name)
    else { throw .damagedCell(file: file, cell: number, field: "`cell_type`") }
    guard let source = JupyterDocument.text(members["source"]) else {
      throw .damagedCell(file: file, cell: number, field: "`source`")
    }
    self.number = number
    self.kind = kind
    self.source = source
    id = members["id"] as? String
    attachments = (members["attachments"] as? [String: Any] ?? [:])
      .compactMapValues { JupyterDocument.texts($0) }
    var outputs: [JupyterDocument.Output] = []
    for value in members["outputs"] as? [Any] ?? [] {
      guard let output = JupyterDocument.Output(value) else {
        throw .damagedCell(file: file, cell: number, field: "`outputs`")
      }
      outputs.append(output)
    }
    self.outputs = outputs
  }
}

extension JupyterDocument.Output {
  /// - Returns: nil for output that the format does not have.
  fileprivate init?(_ value: Any) {
    guard let members = value as? [String: Any] else { return nil }
    switch members["output_type"] as? String {
    case "stream":
      guard let text = JupyterDocument.text(members["text"]) else { return nil }
      self = .stream(isError: members["name"] as? String == "stderr", text: text)
    case "display_data", "execute_result":
      guard let data = members["data"] as? [String: Any] else { return nil }
      let marks = (members["metadata"] as? [String: Any])?[JupyterNotebook.mark] as? [String: Any]
      let isVolatile = marks?[JupyterNotebook.volatileMark] as? Bool ?? false
      self = .data(JupyterDocument.texts(data) ?? [:], isVolatile: isVolatile)
    case "error":
      self = .error(
        name: members["ename"] as? String ?? "",
        value: members["evalue"] as? String ?? "",
        traceback: members["traceback"] as? [String] ?? []
      )
    default: return nil
    }
  }
}

extension JupyterDocument {
  /// Returns a text, which the format also stores as a list of lines; nil for anything else.
  fileprivate static func text(_ value: Any?) -> String? {
    value as? String ?? (value as? [String])?.joined()
  }

  /// Returns the members that are texts; nil if the value is not an object.
  fileprivate static func texts(_ value: Any?) -> [String: String]? {
    (value as? [String: Any])?.compactMapValues { text($0) }
  }
}
