import Tensors
import Words

/// Passages of text whose last word is to be found among the words before it.
///
/// A training batch is a function of the seed and the step: for each position a passage is drawn, all equally often,
/// then the word at which it is cut off, the number of blanks by which it is shifted, and the words that are made
/// unknown.
/// D. Paperno et al., "The LAMBADA dataset: Word prediction requiring a broad discourse context" (2016).
package struct LambadaData: Sendable {
  package let form: LambadaForm
  package let bins: [Int]
  package let batchSize: Int
  package let vocabulary: Vocabulary
  /// The passages; nil if the files are missing: the model can then be asked, but not trained.
  package let set: LambadaSet?
  /// The vocabulary number of each word of the set.
  private let numbers: [Int32]
  /// The sentence sign of each word of the set.
  private let signs: [SentenceSign]
  private let training: TrainingPassages

  package init(
    _ set: LambadaSet?,
    form: LambadaForm,
    vocabulary: Vocabulary,
    bins: [Int],
    batchSize: Int
  ) {
    self.set = set
    self.form = form
    self.vocabulary = vocabulary
    self.bins = bins.sorted()
    self.batchSize = batchSize
    numbers = set.map { vocabulary.numbers(of: $0.table) } ?? []
    signs =
      set.map { set in
        (0..<UInt32(set.table.count)).map { SentenceSign(of: set.table.bytes(of: $0)) }
      } ?? []
    training = TrainingPassages(set, bins: self.bins, cut: form.cut)
  }

  /// The name in `data NAME`.
  package static let name = "lambada"

  /// The label smoothing of the reference code.
  package static let smoothing: Float = 0.1

  package var name: String { Self.name }
  package var about: String { "point at the missing last word of a passage" }
  package var input: InputKind { vocabulary.vectors == nil ? .symbols : .words }
  package var inputSymbols: Int { vocabulary.vectors?.dimension ?? vocabulary.size }
  package var outputSymbols: Int { PointerLabel.count }
  package var hasExamples: Bool { !training.isEmpty }
  package var hasHeldOutExamples: Bool { heldOut(.validation).count > 0 }

  package func trainingBatch(
    step: Int,
    source: RandomSource,
    interruption: (() throws -> Void)? = nil
  ) throws -> Batch {
    let passages = try trainingPassages(step: step, source: source, interruption: interruption)
    return batch(Dictionary(uniqueKeysWithValues: passages))
  }

  /// Returns the passages of a training step by their lengths, in ascending order.
  ///
  /// - Throws: whatever `interruption` throws, which is called before each length.
  package func trainingPassages(
    step: Int,
    source: RandomSource,
    interruption: (() throws -> Void)? = nil
  ) rethrows -> [(length: Int, passages: [PlacedPassage])] {
    try training.bins.enumerated().map { index, bin in
      try interruption?()
      var stream = source.stream(.trainingData, UInt64(step), UInt32(index))
      let passages = (0..<batchSize).map { _ in
        let words = training.draw(ofBin: index, using: &stream)
        var passage = place(words, length: bin, using: &stream)
        passage.forget(form.drop, using: &stream)
        return passage
      }
      return (bin, passages)
    }
  }

  /// Returns the held-out passages: those of the test files, or of the validation files.
  package func heldOut(_ role: LambadaSet.Role) -> PassageList {
    guard let set else { return PassageList() }
    return set.passages(for: role)
  }

  /// Returns the shortest length that holds a number of words, or nil if all are too short.
  package func bin(for count: Int) -> Int? { bins.first { $0 >= count } }

  /// Returns a passage of the set, shifted by a random number of blanks with which it still fits a length.
  package func place(
    _ words: ArraySlice<UInt32>,
    length: Int,
    using random: inout RandomStream
  ) -> PlacedPassage {
    PlacedPassage(
      words.map { numbers[Int($0)] },
      isAnswer: words.dropLast().map { $0 == words.last },
      question: SentenceSign.lastSentence(of: words.dropLast().map { signs[Int($0)] }),
      start: random.index(below: length - words.count + 1)
    )
  }

  /// Returns a batch of passages of each length.
  package func batch(_ passages: [Int: [PlacedPassage]]) -> Batch {
    let layout = SequenceLayout(passages.map { (length: $0.key, batch: $0.value.count) })
    var words: [Int32] = []
    var labels: [Int32] = []
    var marks: [UInt8] = []
    words.reserveCapacity(layout.rows)
    labels.reserveCapacity(layout.rows)
    marks.reserveCapacity(layout.rows)
    for segment in layout.segments {
      for passage in passages[segment.length] ?? [] {
        passage.append(to: &words, &labels, &marks, length: segment.length)
      }
    }
    return Batch(
      layout: layout,
      text: .passage(input(words), PassageMarks(marks)),
      answers: labels
    )
  }

  /// Returns the network's input for vocabulary numbers.
  private func input(_ words: [Int32]) -> SequenceInput {
    guard let vectors = vocabulary.vectors else { return .symbols(words) }
    let special = Int32(Vocabulary.special.count)
    return .words(
      WordInput(
        kinds: words.map { $0 >= special ? WordInput.Kind.known : $0 },
        vectors: vectors.values(of: words.map { max(-1, $0 - special) })
      )
    )
  }
}

/// A passage as a network reads it: some blanks, then its words, the last of which is masked.
package struct PlacedPassage: Hashable, Sendable {
  /// The number of blanks before the first word.
  package let start: Int
  /// The number of words before the question.
  package let question: Int
  private var words: [Int32]
  private let labels: [Int32]

  /// - Parameters:
  ///   - words: the vocabulary numbers of the words, the answer last.
  ///   - isAnswer: true for each word but the last that is the answer.
  ///   - question: the number of words before the last sentence.
  ///   - start: the number of blanks before the first word.
  package init(_ words: [Int32], isAnswer: [Bool], question: Int, start: Int) {
    precondition(isAnswer.count + 1 == words.count, "the answer comes last")
    precondition(0..<words.count ~= question, "a question has words")
    self.question = question
    self.words = words.dropLast() + [Vocabulary.mask]
    labels = isAnswer.map { $0 ? PointerLabel.answer : PointerLabel.other } + [PointerLabel.other]
    self.start = start
  }

  /// The number of words.
  package var count: Int { words.count }

  /// The words as they are read, each with true if it is the answer.
  package var readings: [(word: Int32, isAnswer: Bool)] {
    zip(words, labels).map { ($0, $1 == PointerLabel.answer) }
  }

  /// Makes each word except the mask unknown with probability `share`.
  mutating func forget(_ share: Double, using random: inout RandomStream) {
    guard share > 0 else { return }
    for index in words.indices.dropLast() where random.uniformDouble() < share {
      words[index] = Vocabulary.unknown
    }
  }

  fileprivate func append(
    to words: inout [Int32],
    _ labels: inout [Int32],
    _ marks: inout [UInt8],
    length: Int
  ) {
    let behind = length - start - count
    func add<Element>(_ own: [Element], to all: inout [Element], beside blank: Element) {
      all += repeatElement(blank, count: start)
      all += own
      all += repeatElement(blank, count: behind)
    }
    add(self.words, to: &words, beside: Vocabulary.blank)
    add(self.labels, to: &labels, beside: PointerLabel.blank)
    let marked = self.words.indices.map {
      $0 < question ? PassageMarks.text : PassageMarks.question
    }
    add(marked, to: &marks, beside: PassageMarks.blank)
  }
}
