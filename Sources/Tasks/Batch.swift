import Tensors

/// Inputs and targets of the lengths of a layout; sequences of symbols are padded with blanks to them.
package struct Batch: Sendable {
  package let layout: SequenceLayout
  /// The examples that are here: all of the layout, or from this one on.
  private let held: SequenceLayout
  private let firstHeld: Int
  package let input: SequenceInput
  package let targets: any SequenceTargets
  /// What an example of each segment counts in the loss.
  package let weights: [Double]

  /// T input symbols.
  package var inputs: [Int32] { input.symbols }
  /// T target symbols.
  package var labels: [Int32] { targets(of: SymbolTargets.self).symbols }

  /// - Parameter examples: the examples of each length; none longer than it.
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

  /// Arrays as they are, T symbols each in the order of the layout.
  package init(layout: SequenceLayout, inputs: [Int32], labels: [Int32]) {
    precondition(inputs.count == layout.rows && labels.count == layout.rows, "T symbols each")
    self.layout = layout
    held = layout
    firstHeld = 0
    input = .symbols(inputs)
    targets = SymbolTargets(labels)
    weights = layout.exampleWeights
  }

  /// Any input, with targets that the head of its data understands.
  package init(layout: SequenceLayout, input: SequenceInput, targets: any SequenceTargets) {
    self.layout = layout
    held = layout
    firstHeld = 0
    self.input = input
    self.targets = targets
    weights = layout.exampleWeights
  }

  /// Consecutive examples of a larger batch of one length, of which nothing else is here.
  ///
  /// - Parameters:
  ///   - first: the number of the first of them in the larger batch.
  ///   - count: the examples of the larger batch.
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

  /// A group of the examples, with their weights in the loss of the whole batch.
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

  /// Texts in which answers are to be pointed at: T places, and T labels.
  package init(layout: SequenceLayout, text: SequenceInput, answers: [Int32]) {
    precondition(answers.count == layout.rows, "a label for each of T places")
    self.init(layout: layout, input: text, targets: PointerTargets(answers))
  }

  /// Windows of audio: the values of each of T places, and the notes of each window.
  package init(layout: SequenceLayout, audio: [Float], targets: NoteTargets) {
    precondition(audio.count.isMultiple(of: layout.rows), "as many values for each of T places")
    precondition(targets.windows == layout.examples, "the notes of each window")
    self.init(layout: layout, input: .audio(audio), targets: targets)
  }

  /// The targets as the type that a head understands; the data of a head have no others.
  package func targets<Targets: SequenceTargets>(of type: Targets.Type) -> Targets {
    guard let targets = targets as? Targets else {
      preconditionFailure("\(Swift.type(of: targets)) where \(type) are learned")
    }
    return targets
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
