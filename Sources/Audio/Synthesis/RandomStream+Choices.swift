import Tensors

extension RandomStream {
  /// Draws a uniformly distributed number in the range.
  mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniformDouble()
  }

  /// Returns true with the given probability.
  mutating func happens(_ probability: Double) -> Bool { uniformDouble() < probability }

  /// Draws one of several values, in proportion to their weights.
  mutating func choice<Value>(_ choices: [(value: Value, weight: Double)]) -> Value {
    precondition(!choices.isEmpty, "there is something to choose")
    var left = uniformDouble() * choices.reduce(0) { $0 + $1.weight }
    for choice in choices.dropLast() {
      left -= choice.weight
      if left < 0 { return choice.value }
    }
    return choices[choices.count - 1].value
  }
}
