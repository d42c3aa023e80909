import Tensors

extension Tape {
  /// Runs operations of which only the first input is kept: the backward pass runs them forward again.
  ///
  /// "Training Deep Nets with Sublinear Memory Cost" (2016).
  ///
  /// - Parameter body: the operations, on their own tape; must compute the same each time.
  package func segment(
    _ x: Variable,
    _ body: @escaping (Tape, Variable) throws -> Variable
  ) throws -> Variable {
    func tape(isRecording: Bool) -> Tape {
      Tape(
        isRecording: isRecording,
        usesBatchStatistics: usesBatchStatistics,
        budget: budget,
        monitor: monitor
      )
    }
    let first = tape(isRecording: false)
    let value = try body(first, first.constant(x.value)).value
    return record(value) { gradient, gradients in
      let again = tape(isRecording: true)
      let input = again.input(x.value)
      let inner = try again.backward(
        from: body(again, input),
        gradient: gradient,
        into: gradients.sums
      )
      if let gradient = inner.of(input) { gradients.add(gradient, to: x) }
    }
  }
}
