import Tensors

/// Inputs and targets of the lengths of a layout, to which sequences of symbols are padded with blanks.
package struct Batch: Sendable {
  package let layout: SequenceLayout
  /// The layout of the examples held here: all of the batch, or those from `firstHeld` on.
  private let held: SequenceLayout
  private let firstHeld: Int
  package let input: SequenceInput
  package let targets: any SequenceTargets
  /// The weight in the loss of an example of each segment.
  package let weights: [Double]

  /// The T input symbols.
  package var inputs: [Int32] { input.symbols }
  /// The T target symbols.
  package var labels: [Int32] { targets(of: SymbolTargets.self).symbols }

  /// - Parameter examples: the examples by length; none is longer than it.
  package init(_ examples: [Int: [Example]]) {
    layout = SequenceLayout(examples.map { (length: $0.key, batch: $0.value.count) })
    held = layout
    firstHeld = 0
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
    targets = SymbolTargets(labels)
    weights = layout.exampleWeights
  }

  /// Creates a batch of arrays of T symbols each, in the order of the layout.
  package init(layout: SequenceLayout, inputs: [Int32], labels: [Int32]) {
    precondition(inputs.count == layout.rows && labels.count == layout.rows, "T symbols each")
    self.layout = layout
    held = layout
    firstHeld = 0
    input = .symbols(inputs)
    targets = SymbolTargets(labels)
    weights = layout.exampleWeights
  }

  /// Creates a batch of any input, with targets that the head of its data understands.
  package init(layout: SequenceLayout, input: SequenceInput, targets: any SequenceTargets) {
    self.layout = layout
    held = layout
    firstHeld = 0
    self.input = input
    self.targets = targets
    weights = layout.exampleWeights
  }

  /// Creates a batch of consecutive examples of a larger batch of one length, the rest of which is not held.
  ///
  /// - Parameters:
  ///   - first: the index of the first of them in the larger batch.
  ///   - count: the number of examples of the larger batch.
  package init(_ examples: Batch, from first: Int, of count: Int) {
    precondition(examples.layout.segments.count == 1, "examples of one length")
    precondition(first >= 0 && first + examples.layout.examples <= count, "a part of the batch")
    layout = SequenceLayout(length: examples.layout.segments[0].length, batch: count)
    held = examples.layout
    firstHeld = first
    input = examples.input
    targets = examples.targets
    weights = layout.exampleWeights
  }

  /// Returns a group of the examples, with their weights in the loss of the whole batch.
  package func part(_ group: ExampleGroup) -> Batch {
    Batch(group, of: self)
  }

  private init(_ group: ExampleGroup, of batch: Batch) {
    layout = group.layout
    held = layout
    firstHeld = 0
    let own = group.moved(by: -batch.firstHeld)
    input = batch.input.part(own.rows, of: batch.held.rows)
    targets = batch.targets.part(own)
    weights = [batch.weights[group.segment]]
  }

  /// Creates a batch of texts in which answers are to be pointed at: T positions and T labels.
  package init(layout: SequenceLayout, text: SequenceInput, answers: [Int32]) {
    precondition(answers.count == layout.rows, "a label for each of T places")
    self.init(layout: layout, input: text, targets: PointerTargets(answers))
  }

  /// Creates a batch of windows of audio: the values of each of T positions, and the notes of each window.
  package init(layout: SequenceLayout, audio: [Float], targets: NoteTargets) {
    precondition(audio.count.isMultiple(of: layout.rows), "as many values for each of T places")
    precondition(targets.windows == layout.examples, "the notes of each window")
    self.init(layout: layout, input: .audio(audio), targets: targets)
  }

  /// Returns the targets as the type that a head understands; the data of a head have no others.
  package func targets<Targets: SequenceTargets>(of type: Targets.Type) -> Targets {
    guard let targets = targets as? Targets else {
      preconditionFailure("\(Swift.type(of: targets)) where \(type) are learned")
    }
    return targets
  }
}

/// An input and its target, without padding.
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
