/// Keeps scripts from building values that do not fit into memory.
enum ValueSize {
  /// The approximate maximum size of a value that a script makes, in bytes.
  private static let limit = 16 << 20

  /// - Throws: `LanguageError.valueTooLarge`.
  static func check(_ value: Value) throws(LanguageError) {
    var rest = limit
    try subtract(value, from: &rest)
  }

  private static func subtract(_ value: Value, from rest: inout Int) throws(LanguageError) {
    rest -= 8
    switch value {
    case .text(let text): rest -= text.utf8.count
    case .list(let elements):
      for element in elements { try subtract(element, from: &rest) }
    case .record(let record):
      for field in record.fields { try subtract(field.value, from: &rest) }
    case .labelled(let labelled):
      for entry in labelled.entries { try subtract(entry.value, from: &rest) }
    case .table(let table):
      for value in table.columns.flatMap(\.values) { try subtract(value, from: &rest) }
    case .nothing, .number, .boolean: break
    }
    if rest < 0 { throw .valueTooLarge }
  }
}
