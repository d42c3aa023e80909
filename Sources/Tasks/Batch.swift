import Tensors

/// Examples padded with blanks to the lengths of a layout.
package struct Batch: Sendable {
  package let layout: SequenceLayout
  /// T input symbols.
  package let inputs: [Int32]
  /// T target symbols.
  package let labels: [Int32]

  /// - Parameter examples: the examples of each length; none longer than it.
  package init(_ examples: [Int: [Example]]) {
    layout = SequenceLayout(examples.map { (length: $0.key, batch: $0.value.count) })
    var inputs: [Int32] = []
    var labels: [Int32] = []
    inputs.reserveCapacity(layout.rows)
    labels.reserveCapacity(layout.rows)
    for segment in layout.segments {
      for example in examples[segment.length] ?? [] {
        inputs.append(contentsOf: example.input.padded(to: segment.length))
        labels.append(contentsOf: example.target.padded(to: segment.length))
      }
    }
    self.inputs = inputs
    self.labels = labels
  }

  /// Arrays as they are, T symbols each in the order of the layout.
  package init(layout: SequenceLayout, inputs: [Int32], labels: [Int32]) {
    precondition(inputs.count == layout.rows && labels.count == layout.rows, "T symbols each")
    self.layout = layout
    self.inputs = inputs
    self.labels = labels
  }
}

/// An input and its target, not padded.
package struct Example: Hashable, Sendable {
  package let input: [Int32]
  package let target: [Int32]

  package init(input: [Int32], target: [Int32]) {
    self.input = input
    self.target = target
  }
}

extension [Int32] {
  fileprivate func padded(to length: Int) -> [Int32] {
    precondition(count <= length, "\(count) symbols in \(length) positions")
    return count == length ? self : self + [Int32](repeating: 0, count: length - count)
  }
}
