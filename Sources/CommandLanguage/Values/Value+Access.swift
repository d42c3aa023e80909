extension Value {
  /// Returns a record's field, or the values in a table's column as a list.
  ///
  /// Messages call the value `owner`, such as `$r.accuracy`.
  ///
  /// - Throws: `LanguageError` that lists the fields.
  package func field(_ name: String, of owner: String) throws(LanguageError) -> Value {
    if case .table(let table) = self { return .list(try table.column(name, of: owner)) }
    guard case .record(let record) = self else {
      throw .hasNoFields(owner: owner, kind: kindName, field: name)
    }
    guard let value = record[name] else {
      throw .noSuchField(owner: owner, field: name, fields: record.names)
    }
    return value
  }

  /// Returns an element of a list by its index, from 0 at the beginning or from -1 at the end; of a labelled list or
  /// record by its label; of a table, a row by its index or a column by its name. A list of indices yields a list of
  /// elements or a table of rows.
  ///
  /// Messages call the value `owner`, such as `$r.accuracy`.
  ///
  /// - Throws: `LanguageError` that says what elements there are.
  package func element(at index: Value, of owner: String) throws(LanguageError) -> Value {
    switch self {
    case .list(let elements):
      if let places = try Self.offsets(index, among: elements.count, of: owner) {
        return .list(places.map { elements[$0] })
      }
      return elements[try Self.offset(index, among: elements.count, of: owner)]
    case .table(let table):
      if case .text(let name) = index { return try field(name, of: owner) }
      if let places = try Self.offsets(index, among: table.count, of: owner) {
        return .table(table.rows(at: places))
      }
      return .record(table[try Self.offset(index, among: table.count, of: owner)])
    case .labelled(let labelled):
      if let value = labelled.value(labelled: index) { return value }
      let labels = labelled.entries.map(\.label.description)
      throw .noSuchLabel(owner: owner, label: index.inlineDescription, labels: labels)
    case .record:
      return try field(index.inlineDescription, of: owner)
    default:
      throw .hasNoElements(owner: owner, kind: kindName)
    }
  }

  /// Returns the offset of an element; indices below 0 count from the end.
  private static func offset(
    _ index: Value,
    among count: Int,
    of owner: String
  ) throws(LanguageError) -> Int {
    guard case .number(let number) = index, let place = Int(exactly: number) else {
      throw .indexMustBeNumber(owner: owner, found: index.briefDescription)
    }
    let offset = place < 0 ? count + place : place
    guard (0..<count).contains(offset) else {
      throw .indexOutOfRange(owner: owner, index: place, count: count)
    }
    return offset
  }

  /// Returns the offsets of several elements; nil if the index is not a list.
  private static func offsets(
    _ index: Value,
    among count: Int,
    of owner: String
  ) throws(LanguageError) -> [Int]? {
    guard case .list(let places) = index else { return nil }
    var offsets: [Int] = []
    for place in places { offsets.append(try offset(place, among: count, of: owner)) }
    return offsets
  }
}

extension Labelled {
  /// Returns the value whose label equals a given value or is written the same way.
  fileprivate func value(labelled index: Value) -> Value? {
    switch index {
    case .number(let number):
      return self[.number(number)] ?? self[.text(index.description)]
    case .text(let text):
      return self[.text(text)] ?? entries.first { $0.label.description == text }?.value
    default: return nil
    }
  }
}
