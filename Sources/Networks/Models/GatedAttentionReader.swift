import Autograd
import Tensors
import Wiring

extension NetworkKind {
  package static let gareader = NetworkKind(
    "gareader",
    summary:
      "the gated-attention reader, which reads a passage several times with its question in mind",
    about: """
      `layers` hops over a passage D and its question Q, the sentence whose last word is missing: \
      D' = BiGRU(D), Q' = BiGRU(Q); each word d of D' becomes d∘(Q'·softmax(Q'·d)), and the next hop reads that. \
      After the last hop a word is d∘q, where q has the last states of both directions of the question; the output \
      layer scores it. Of data without questions all positions are both. O(n·q), n steps one after another. "Gated-Attention Readers for \
      Text Comprehension" (ACL 2017); on LAMBADA "Broad Context Language Modeling as Reading Comprehension" \
      (EACL 2017): 45.4 %, 49.0 % with features of words, which this network has not. Others than there: the loss \
      is that of all networks, the score has learned weights, q is not what stands at the gap, which is always last \
      here, and the reset gate of a GRU acts behind the product.
      """,
    settings: [.maps, .layers],
    usualLayers: 3,
    flaw: GatedAttentionReader.flaw,
    core: { GatedAttentionReader($0, using: &$1) }
  )
}

/// A reader of passages in several hops; each gates the passage's words by the question words they attend to.
///
///     D⁰ = passage,  Q⁰ = question
///     D ← BiGRUₖ(D),  Qₖ = BiGRUₖ(Q⁰),  D ← D ∘ softmax(D · Qₖᵀ) · Qₖ       except in the last hop
///     D ← D ∘ q,  q the last states of both directions of Q                 in the last hop
///
/// The passage has all words, including those of the question. Positions that are not words become zeros. B. Dhingra et
/// al., "Gated-Attention Readers for Text Comprehension" (ACL 2017).
struct GatedAttentionReader: NetworkCore {
  private let maps: Int
  private let hops: [Hop]

  init(_ spec: ModelSpec, using values: inout InitialValues) {
    maps = spec.maps
    var hops: [Hop] = []
    for _ in 0..<spec.layers { hops.append(Hop(maps: spec.maps, using: &values)) }
    self.hops = hops
  }

  static func flaw(_ spec: ModelSpec) -> ModelFlaw? {
    spec.maps.isMultiple(of: 2)
      ? nil
      : ModelFlaw(
        "both directions have half of the maps each, and maps=\(spec.maps) is odd",
        remedy: "use an even maps="
      )
  }

  func callAsFunction(
    _ x: consuming Variable,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable {
    try self(x, marks: nil, layout: layout, dropout: dropout, on: tape)
  }

  func callAsFunction(
    _ x: consuming Variable,
    marks: PassageMarks?,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable {
    let order = ReadingOrder(marks, layout)
    guard !order.passages.rows.isEmpty else { return tape.scaled(x, by: 0) }
    let question = tape.lookup(order.questions.rows, in: x)
    let stack = LayerStack(
      layers: hops.enumerated().map { number, hop in
        let isLast = number == hops.count - 1
        return { x, tape in
          let words = tape.lookup(order.passages.rows, in: x)
          let read = try hop(words, question, order, isLast: isLast, on: tape)
          let y = tape.spread(read, to: order.passages.rows, of: layout.rows)
          guard !isLast, let dropout = dropout?.wholeLayer(number) else { return y }
          return tape.dropout(y, layout: layout, dropout)
        }
      }
    )
    return try stack(x, isDivisible: false, on: tape)
  }

  /// False: every hop reads the question of the first, which a segment of hops would not have.
  var hasLowMemory: Bool { false }

  func title(ofLayers count: Int) -> String { "hop\(count == 1 ? "" : "s")" }

  /// Returns the layers: 2 · 3 · h · (m + h) operations a position for each cell of h = m / 2 units; a question as long
  /// as its passage would take as many, and 4 m at each of its positions.
  func layers(levels: Int) -> [CoreLayer] {
    let units = maps / 2
    return hops.indices.flatMap { hop in
      ["passage", "question"].flatMap { part in
        ["forward", "reverse"].map { direction in
          CoreLayer(
            "hops.\(hop).\(part).\(direction)",
            widths: [maps + units, RecurrentCell.gru.gates * units, units],
            operations: 2 * Double(RecurrentCell.gru.gates * units * (maps + units)),
            isCounted: part == "passage" && direction == "forward"
          )
        }
      }
    }
  }

  /// A hop keeps what two recurrent layers keep, and the words and their weights in the question.
  func stepFloats(_ layout: SequenceLayout, isLow: Bool) -> Double {
    let m = Double(maps)
    let weights = layout.segments.reduce(0.0) { $0 + Double($1.rows * $1.length) }
    let hop = m * Double(2 * (RecurrentCell.gru.kept + 2) + 5)
    return Double(hops.count) * (Double(layout.rows) * hop + weights) + Double(layout.rows) * 8 * m
  }

  func passFloats(length: Double, examples: Double) -> Double {
    length * examples * Double(maps) * 9 + 2 * 256 * length
  }
}

/// The recurrent layers of passage and question.
private struct Hop: Module {
  private let passage: RecurrentLayer
  private let question: RecurrentLayer

  init(maps: Int, using values: inout InitialValues) {
    passage = RecurrentLayer(.gru, maps: maps, direction: .both, using: &values)
    question = RecurrentLayer(.gru, maps: maps, direction: .both, using: &values)
  }

  /// Returns the words of the passages, gated.
  func callAsFunction(
    _ words: Variable,
    _ asked: Variable,
    _ order: ReadingOrder,
    isLast: Bool,
    on tape: Tape
  ) throws -> Variable {
    let read = try passage(words, lengths: order.passages.lengths, on: tape)
    let (forward, reverse) = try question.states(
      asked,
      lengths: order.questions.lengths,
      on: tape
    )
    guard let reverse else { preconditionFailure("questions are read in both directions") }
    guard !isLast else {
      let ends = tape.joinColumns(
        tape.lookup(order.lasts, in: forward),
        tape.lookup(order.firsts, in: reverse)
      )
      return tape.multiply(read, ends)
    }
    let asked = tape.joinColumns(forward, reverse)
    let found = try tape.attention(read, asked, asked, heads: 1, spans: order.spans, scale: 1)
    return tape.multiply(read, found)
  }
}

/// The words of passages and questions in the order in which recurrences read them, longest text first.
private struct ReadingOrder {
  /// Texts one after another: the row of each word in the layout, and the number of words of each text.
  struct Texts {
    fileprivate(set) var rows: [Int32] = []
    fileprivate(set) var lengths: [Int] = []
  }

  private(set) var passages = Texts()
  private(set) var questions = Texts()
  /// The ranges of each passage's words and of its question's words, in this order.
  private(set) var spans: [AttentionSpan] = []
  /// For each passage word, the index of the first word of its question, among the words of the questions.
  private(set) var firsts: [Int32] = []
  /// For each passage word, the index of the last word of its question.
  private(set) var lasts: [Int32] = []

  init(_ marks: PassageMarks?, _ layout: SequenceLayout) {
    var texts: [(words: [Int32], question: [Int32])] = []
    var first = 0
    for length in layout.lengths {
      let rows = (first..<first + length).map(Int32.init)
      first += length
      guard let marks = marks?.values else {
        texts.append((rows, rows))
        continue
      }
      let words = rows.filter { marks[Int($0)] != PassageMarks.blank }
      let question = rows.filter { marks[Int($0)] == PassageMarks.question }
      if !words.isEmpty { texts.append((words, question.isEmpty ? words : question)) }
    }
    var places = [Range<Int>](repeating: 0..<0, count: texts.count)
    for number in Self.longestFirst(texts.map(\.question.count)) {
      let start = questions.rows.count
      questions.rows += texts[number].question
      questions.lengths.append(texts[number].question.count)
      places[number] = start..<questions.rows.count
    }
    for number in Self.longestFirst(texts.map(\.words.count)) {
      let start = passages.rows.count
      passages.rows += texts[number].words
      passages.lengths.append(texts[number].words.count)
      spans.append(AttentionSpan(queries: start..<passages.rows.count, keys: places[number]))
      let count = texts[number].words.count
      firsts += repeatElement(Int32(places[number].lowerBound), count: count)
      lasts += repeatElement(Int32(places[number].upperBound - 1), count: count)
    }
  }

  /// Returns the indices of texts by length, longest first; ties stay in order.
  private static func longestFirst(_ lengths: [Int]) -> [Int] {
    lengths.indices.sorted { (lengths[$1], $0) < (lengths[$0], $1) }
  }
}
