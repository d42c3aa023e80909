/// The parts of a Jupyter notebook in format 4.5.
package enum JupyterNotebook {
  static let format = 4
  static let formatMinor = 5
  /// The metadata key of this program's output, and the mark in it of times, speeds and paths.
  package static let mark = "rse"
  package static let volatileMark = "volatile"
  /// The tag by which Jupyter recognizes a cell that is expected to fail.
  static let failingTag = "raises-exception"
  /// The error name of a statement that failed in Jupyter; the error value is the message without the place.
  package static let failureName = "Error"

  /// A cell of prose, of code, or of text that is neither.
  enum Cell {
    case markdown(id: String, source: [String], attachments: [String: [String: String]])
    /// Code; if it is expected to fail, Jupyter continues after it.
    case code(id: String, source: [String], count: Int?, outputs: [Output], isFailing: Bool)
    case raw(id: String, source: [String])

    var json: JSONValue {
      switch self {
      case .markdown(let id, let source, let attachments):
        let files = JSONValue.object(attachments) { .object($0, JSONValue.text) }
        return .object(
          (attachments.isEmpty ? [] : [("attachments", files)]) + [
            ("cell_type", .text("markdown")), ("id", .text(id)), ("metadata", .object([])),
            ("source", .texts(source)),
          ]
        )
      case .code(let id, let source, let count, let outputs, let isFailing):
        let tags = isFailing ? [("tags", JSONValue.texts([JupyterNotebook.failingTag]))] : []
        return .object([
          ("cell_type", .text("code")), ("execution_count", count.map(JSONValue.number) ?? .null),
          ("id", .text(id)), ("metadata", .object(tags)), ("outputs", .list(outputs.map(\.json))),
          ("source", .texts(source)),
        ])
      case .raw(let id, let source):
        return .object([
          ("cell_type", .text("raw")), ("id", .text(id)), ("metadata", .object([])),
          ("source", .texts(source)),
        ])
      }
    }
  }

  /// An output below a code cell.
  enum Output {
    case stream(name: String, text: [String])
    /// Times, speeds and paths, which clients show like other output.
    case volatile(text: [String])
    case picture(data: [String: String])
    case error(name: String, value: String, traceback: [String])

    var json: JSONValue {
      switch self {
      case .stream(let name, let text):
        .object([("name", .text(name)), ("output_type", .text("stream")), ("text", .texts(text))])
      case .volatile(let text):
        .object([
          ("data", .object([("text/plain", .texts(text))])),
          (
            "metadata",
            .object([
              (JupyterNotebook.mark, .object([(JupyterNotebook.volatileMark, .boolean(true))]))
            ])
          ),
          ("output_type", .text("display_data")),
        ])
      case .picture(let data):
        .object([
          ("data", .object(data, JSONValue.text)), ("metadata", .object([])),
          ("output_type", .text("display_data")),
        ])
      case .error(let name, let value, let traceback):
        .object([
          ("ename", .text(name)), ("evalue", .text(value)), ("output_type", .text("error")),
          ("traceback", .texts(traceback)),
        ])
      }
    }
  }
}
