extension Value {
  /// The part of a record with a name.
  ///
  /// Messages call the value `owner`, such as `$r.accuracy`.
  ///
  /// - Throws: `LanguageError` listing the fields there are.
  package func field(_ name: String, of owner: String) throws(LanguageError) -> Value {
    guard case .record(let record) = self else {
      throw .hasNoFields(owner: owner, kind: kindName, field: name)
    }
    guard let value = record[name] else {
      throw .noSuchField(owner: owner, field: name, fields: record.names)
    }
    return value
  }

  /// The element of a list by its place, from 0 at the beginning or from -1 at the end; of a labelled list or record by
  /// its label. A list of places gives a list of elements.
  ///
  /// Messages call the value `owner`, such as `$r.accuracy`.
  ///
  /// - Throws: `LanguageError` saying what there is.
  package func element(at index: Value, of owner: String) throws(LanguageError) -> Value {
    switch self {
    case .list(let elements):
      if case .list(let places) = index {
        var chosen: [Value] = []
        for place in places { chosen.append(try element(at: place, of: owner)) }
        return .list(chosen)
      }
      guard case .number(let number) = index, let place = Int(exactly: number) else {
        throw .indexMustBeNumber(owner: owner, found: index.briefDescription)
      }
      let offset = place < 0 ? elements.count + place : place
      guard elements.indices.contains(offset) else {
        throw .indexOutOfRange(owner: owner, index: place, count: elements.count)
      }
      return elements[offset]
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
}

extension Labelled {
  /// The value whose label is a given value, or is written like it.
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
