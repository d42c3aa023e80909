import Tensors

extension RandomStream {
  /// A number in the range, every part of it as likely as any other.
  mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniformDouble()
  }

  /// Whether something of this probability happens.
  mutating func happens(_ probability: Double) -> Bool { uniformDouble() < probability }

  /// One of several values, each as often as its weight says.
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
