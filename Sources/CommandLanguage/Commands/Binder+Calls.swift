extension CommandCall {
  /// Returns the same call with other arguments.
  func with(_ arguments: [Argument]) -> CommandCall {
    CommandCall(name: name, arguments: arguments, tail: tail, block: block, range: range)
  }
}

extension ValueExpression {
  /// Returns true if the expression is this bare word.
  func isWord(_ word: String) -> Bool {
    if case .word(let template) = kind { template.constant == word } else { false }
  }
}
