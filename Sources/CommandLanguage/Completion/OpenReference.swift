/// The variable reference that a text ends in: `$r.accu`, `${r.acc`, `$r[64`.
struct OpenReference {
  /// The byte offset of the last name, field or label.
  let start: Int
  /// The parts before it: the variable's name and then its path.
  private let path: [String]
  private let isLabel: Bool
  /// True if the reference needs a closing brace.
  private let isBraced: Bool

  /// Finds the reference; fails if the text ends in anything else, such as a comment or a single-quoted text.
  init?(atEndOf bytes: [UInt8], in place: CompletionPlace) {
    guard let start = place.start, let dollar = Self.dollar(in: bytes, from: start) else {
      return nil
    }
    var cursor = Cursor(bytes)
    cursor.offset = dollar + 1
    isBraced = cursor.take(ASCII.openBrace)
    var path: [String] = []
    var begin = cursor.offset
    var name = cursor.takeName() ?? ""
    var label = false
    while !cursor.isAtEnd {
      path.append(name)
      label = cursor.byte == ASCII.openBracket
      guard label || cursor.byte == ASCII.point else { return nil }
      cursor.advance()
      begin = cursor.offset
      if label {
        while let byte = cursor.byte, byte != ASCII.closeBracket { cursor.advance() }
        name = cursor.text(from: begin)
        if cursor.take(ASCII.closeBracket), cursor.isAtEnd { return nil }
      } else {
        name = cursor.takeName() ?? ""
      }
    }
    self.start = begin
    self.path = path
    isLabel = label
  }

  /// Returns the offset of the last `$` that can begin a reference; between single quotes none does.
  private static func dollar(in bytes: [UInt8], from start: Int) -> Int? {
    var quote: UInt8?
    var last: Int?
    var offset = start
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == ASCII.backslash {
        offset += 2
        continue
      }
      if ASCII.isQuote(byte), quote == nil || quote == byte { quote = quote == nil ? byte : nil }
      if byte == ASCII.dollar, quote != ASCII.singleQuote { last = offset }
      offset += 1
    }
    return last
  }

  /// Returns the available names, fields or labels.
  func candidates(in variables: VariableTable) -> [Completion.Candidate] {
    guard let first = path.first else {
      return variables.names.map { candidate($0, variables[$0]) }
    }
    guard var value = variables[first] else { return [] }
    for step in path.dropFirst() {
      let key: Value = Double(step).map { .number($0) } ?? .text(step)
      guard let part = try? value.element(at: key, of: "") else { return [] }
      value = part
    }
    switch value {
    case .record(let record): return record.fields.map { candidate($0.name, $0.value) }
    case .table(let table): return table.columns.map { candidate($0.name, .list($0.values)) }
    case .labelled(let labelled) where isLabel:
      return labelled.entries.map { candidate($0.label.description, $0.value) }
    case .list(let elements) where isLabel:
      return elements.indices.prefix(100).map { candidate(String($0), elements[$0]) }
    default: return []
    }
  }

  private func candidate(_ name: String, _ value: Value?) -> Completion.Candidate {
    let isPart: Bool
    switch value {
    case .record?, .labelled?, .table?: isPart = false
    default: isPart = true
    }
    let end = isLabel ? "]" : ""
    let closing = isBraced && isPart ? "}" : ""
    return .init(
      name + end + closing,
      label: name,
      summary: value?.briefDescription ?? "",
      isWhole: isPart
    )
  }
}

extension CompletionPlace {
  /// The byte offset of the text that is being typed.
  fileprivate var start: Int? {
    switch self {
    case .unknown: nil
    case .statement(let start, _), .expression(let start), .tail(_, let start): start
    case .argument(let argument): argument.start
    }
  }
}
