extension Notebook {
  /// The number of lines that a notebook may have; bounds the memory for it.
  package static let mostLines = 200_000

  /// Reads the notebook at `path`; throws ``NotebookError``.
  package init(contentsOf path: String) throws(NotebookError) {
    try self.init(parsing: NotebookFile.read(path), file: path)
  }

  /// Reads a notebook from the bytes of a file; throws ``NotebookError``.
  package init(parsing bytes: [UInt8], file: String) throws(NotebookError) {
    if let offset = Self.firstInvalidOffset(in: bytes) {
      let line = 1 + bytes[..<offset].count { $0 == .lineFeed }
      throw .invalidUTF8(file: file, offset: offset, line: line)
    }
    let hasMark = bytes.starts(with: Self.byteOrderMark)
    var rest = bytes.dropFirst(hasMark ? Self.byteOrderMark.count : 0)
    var lines: [NotebookLine] = []
    var inHeader = true
    while !rest.isEmpty {
      guard lines.count < Self.mostLines else {
        throw .tooManyLines(file: file, limit: Self.mostLines)
      }
      let (text, ending, next) = Self.firstLine(of: rest)
      let kind: NotebookLine.Kind
      if lines.isEmpty {
        kind = .version
      } else {
        inHeader = inHeader && HeaderLine(text) != nil
        kind = inHeader ? .header : NotebookLine.bodyKind(of: text)
      }
      lines.append(
        NotebookLine(kind: kind, text: String(decoding: text, as: UTF8.self), ending: ending)
      )
      rest = rest[next...]
    }
    try Self.checkVersion(lines.first?.text ?? "", file: file)
    if let conflict = Self.firstConflict(in: lines) {
      throw .unresolvedConflict(file: file, line: conflict + 1)
    }
    self.init(file: file, hasByteOrderMark: hasMark, lines: lines)
  }

  /// Returns the index of the first conflict mark that a merge left; nil if there is none.
  private static func firstConflict(in lines: [NotebookLine]) -> Int? {
    guard let first = lines.firstIndex(where: { $0.text.hasPrefix("<<<<<<< ") }),
      lines[first...].contains(where: { $0.text.hasPrefix(">>>>>>> ") })
    else { return nil }
    return first
  }

  private static func firstLine(
    of bytes: ArraySlice<UInt8>
  ) -> (text: ArraySlice<UInt8>, ending: NotebookLine.Ending, next: Int) {
    guard let newline = bytes.firstIndex(of: .lineFeed) else {
      return (bytes, .none, bytes.endIndex)
    }
    let text = bytes[..<newline]
    return text.last == .carriageReturn
      ? (text.dropLast(), .carriageReturnLineFeed, newline + 1)
      : (text, .lineFeed, newline + 1)
  }

  private static func checkVersion(_ line: String, file: String) throws(NotebookError) {
    let bytes = line.utf8
    let rest = bytes.dropFirst(magic.utf8.count)
    guard bytes.starts(with: magic.utf8), rest.first?.isBlank ?? false else {
      throw .notANotebook(file: file, firstLine: line)
    }
    let found = String(decoding: rest, as: UTF8.self).withoutOuterBlanks
    guard found.utf8.first?.isDigit ?? false else {
      throw .notANotebook(file: file, firstLine: line)
    }
    if found != version { throw .unsupportedVersion(file: file, version: found) }
  }

  private static func firstInvalidOffset(in bytes: [UInt8]) -> Int? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar): offset += scalar.count
      case .error: return offset
      case .emptyInput: return nil
      }
    }
  }
}
