import CommandLanguage

/// A name that a statement gives to a value, a model or a statement.
struct Definition {
  /// A kind of thing that can be named.
  enum Kind { case variable, parameter, model, statement }

  let name: String
  let kind: Kind
  /// The range of the name in its source.
  let range: SourceRange
  /// The range of the statement.
  let statement: SourceRange
  /// True if the name is written literally, without variables in it.
  let isConstant: Bool

  /// Returns the definitions of a script in order.
  static func all(in script: Script) -> [Definition] {
    script.allStatements.flatMap { statement in
      defined(by: statement) + variables(of: statement) + models(of: statement, in: script.source)
    }
  }

  private static func defined(by statement: Statement) -> [Definition] {
    guard case .definition(let definition) = statement.kind else { return [] }
    return [
      Definition(
        name: definition.name.text,
        kind: .statement,
        range: definition.name.range,
        statement: statement.range,
        isConstant: true
      )
    ]
  }

  private static func variables(of statement: Statement) -> [Definition] {
    var kind = Kind.variable
    if case .binding(let binding) = statement.kind, binding.keyword == .param { kind = .parameter }
    return (statement.newNames + statement.blockNames).map { name in
      Definition(
        name: name.text,
        kind: kind,
        range: name.range,
        statement: statement.range,
        isConstant: true
      )
    }
  }

  /// Returns the model that a statement names: after `as=`, or else by its network, as `model rse` does.
  private static func models(of statement: Statement, in source: Source) -> [Definition] {
    guard let call = statement.call?.call else { return [] }
    let named = call.arguments.first { $0.name?.text == "as" }
    let network = call.name.text == "model" ? call.arguments.first { $0.name == nil } : nil
    guard let value = (named ?? network)?.value else { return [] }
    var constant: String?
    switch value.kind {
    case .word(let template), .string(let template): constant = template.constant
    default: break
    }
    return [
      Definition(
        name: constant ?? source.text(in: value.range),
        kind: .model,
        range: value.range,
        statement: statement.range,
        isConstant: constant != nil
      )
    ]
  }
}
