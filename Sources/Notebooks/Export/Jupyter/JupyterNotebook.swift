/// A Jupyter notebook, as its format 4.5 writes it in JSON.
struct JupyterNotebook: Encodable {
  var cells: [Cell] = []
  var metadata: Metadata
  let nbformat = 4
  let nbformatMinor = 5

  enum CodingKeys: String, CodingKey {
    case cells, metadata, nbformat
    case nbformatMinor = "nbformat_minor"
  }

  /// What Jupyter asks of the language, and what the header of the notebook said.
  struct Metadata: Encodable {
    let kernelspec: Kernel
    let languageInfo: Language
    let title: String
    let rsenb: [String: [String]]

    enum CodingKeys: String, CodingKey {
      case kernelspec, title, rsenb
      case languageInfo = "language_info"
    }
  }

  struct Kernel: Encodable {
    let name: String
    let displayName: String
    let language: String

    enum CodingKeys: String, CodingKey {
      case name, language
      case displayName = "display_name"
    }
  }

  struct Language: Encodable {
    let name: String
    let fileExtension: String

    enum CodingKeys: String, CodingKey {
      case name
      case fileExtension = "file_extension"
    }
  }

  /// A cell of prose, of code, or of text that is neither.
  enum Cell: Encodable {
    case markdown(id: String, source: [String], attachments: [String: [String: String]])
    case code(id: String, source: [String], count: Int?, outputs: [Output])
    case raw(id: String, source: [String])

    private enum CodingKeys: String, CodingKey {
      case id, source, metadata, attachments, outputs
      case type = "cell_type"
      case count = "execution_count"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode([String: String](), forKey: .metadata)
      switch self {
      case .markdown(let id, let source, let attachments):
        try container.encode("markdown", forKey: .type)
        try container.encode(id, forKey: .id)
        try container.encode(source, forKey: .source)
        if !attachments.isEmpty { try container.encode(attachments, forKey: .attachments) }
      case .code(let id, let source, let count, let outputs):
        try container.encode("code", forKey: .type)
        try container.encode(id, forKey: .id)
        try container.encode(source, forKey: .source)
        try container.encode(count, forKey: .count)
        try container.encode(outputs, forKey: .outputs)
      case .raw(let id, let source):
        try container.encode("raw", forKey: .type)
        try container.encode(id, forKey: .id)
        try container.encode(source, forKey: .source)
      }
    }
  }

  /// Something below a cell of code.
  enum Output: Encodable {
    case stream(name: String, text: [String])
    case picture(data: [String: String])
    case error(name: String, value: String, traceback: [String])

    private enum CodingKeys: String, CodingKey {
      case name, text, data, metadata, ename, evalue, traceback
      case type = "output_type"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      switch self {
      case .stream(let name, let text):
        try container.encode("stream", forKey: .type)
        try container.encode(name, forKey: .name)
        try container.encode(text, forKey: .text)
      case .picture(let data):
        try container.encode("display_data", forKey: .type)
        try container.encode(data, forKey: .data)
        try container.encode([String: String](), forKey: .metadata)
      case .error(let name, let value, let traceback):
        try container.encode("error", forKey: .type)
        try container.encode(name, forKey: .ename)
        try container.encode(value, forKey: .evalue)
        try container.encode(traceback, forKey: .traceback)
      }
    }
  }
}
