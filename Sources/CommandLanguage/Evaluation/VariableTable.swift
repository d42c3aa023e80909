/// Variables in the order in which they were first set.
package struct VariableTable: Sendable {
  /// The names in order.
  package private(set) var names: [String] = []
  private var values: [String: Value] = [:]

  /// Makes an empty table.
  package init() {}

  /// The value of a variable; setting nil removes it.
  package subscript(name: String) -> Value? {
    get { values[name] }
    set {
      if values[name] == nil, newValue != nil { names.append(name) }
      if newValue == nil { names.removeAll { $0 == name } }
      values[name] = newValue
    }
  }
}
