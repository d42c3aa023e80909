import Tensors

/// Inputs and targets of the lengths of a layout; sequences of symbols are padded with blanks to them.
package struct Batch: Sendable {
  package let layout: SequenceLayout
  package let input: SequenceInput
  package let targets: SequenceTargets

  /// T input symbols.
  package var inputs: [Int32] { input.symbols }
  /// T target symbols.
  package var labels: [Int32] { targets.symbols }

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
    input = .symbols(inputs)
    targets = .symbols(labels)
  }

  /// Arrays as they are, T symbols each in the order of the layout.
  package init(layout: SequenceLayout, inputs: [Int32], labels: [Int32]) {
    precondition(inputs.count == layout.rows && labels.count == layout.rows, "T symbols each")
    self.layout = layout
    input = .symbols(inputs)
    targets = .symbols(labels)
  }

  /// Texts in which answers are to be pointed at: T places, and T labels.
  package init(layout: SequenceLayout, text: SequenceInput, answers: [Int32]) {
    precondition(answers.count == layout.rows, "a label for each of T places")
    self.layout = layout
    input = text
    targets = .answers(answers)
  }

  /// Windows of audio: the values of each of T places, and the notes of each window.
  package init(layout: SequenceLayout, audio: [Float], targets: NoteTargets) {
    precondition(audio.count.isMultiple(of: layout.rows), "as many values for each of T places")
    precondition(targets.windows == layout.examples, "the notes of each window")
    self.layout = layout
    input = .audio(audio)
    self.targets = .notes(targets)
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
