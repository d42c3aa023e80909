import Autograd
import Tensors

/// The first layer of a network: a table of symbols, vectors of words, or convolutions over audio.
enum InputLayer {
  case embedding(Parameter)
  case words(WordLayer)
  case audio(AudioFrontEnd)

  init(_ spec: ModelSpec, using values: inout InitialValues) {
    self =
      switch spec.input {
      case .symbols: .embedding(values.table(spec.inputSymbols, spec.maps))
      case .words:
        .words(WordLayer(dimension: spec.inputSymbols, maps: spec.maps, using: &values))
      case .audio:
        .audio(
          AudioFrontEnd(maps: spec.maps, convolutions: spec.convolutions, using: &values)
        )
      case .spectrogram:
        .audio(
          AudioFrontEnd(
            channels: spec.inputSymbols,
            maps: spec.maps,
            convolutions: 0,
            using: &values
          )
        )
      }
  }

  /// [T', m] for the positions of `ModelSpec.positions(of:)`.
  func callAsFunction(_ input: SequenceInput, layout: SequenceLayout, on tape: Tape) -> Variable {
    switch (self, input) {
    case (.embedding(let table), .symbols(let symbols)):
      tape.lookup(symbols, in: tape.use(table))
    case (.words(let layer), .words(let words)): layer(words, on: tape)
    case (.audio(let front), .audio(let values)): front(values, layout: layout, on: tape)
    default: preconditionFailure("the network reads something else")
    }
  }

  var member: (name: String, member: Member) {
    switch self {
    case .embedding(let table): ("embedding", .parameter(table))
    case .words(let layer): ("words", .module(layer))
    case .audio(let front): ("front", .module(front))
    }
  }
}

/// Frozen vectors of words on their way into a network: v·W + k, where the learned row k is that of known words,
/// and stands alone where there is no vector: for blanks, unknown words and the mask.
struct WordLayer: Module {
  private let weight: Parameter
  private let kinds: Parameter

  init(dimension: Int, maps: Int, using values: inout InitialValues) {
    weight = values.matrix(dimension, maps)
    kinds = values.table(WordInput.Kind.count, maps)
  }

  /// [T, d] → [T, m].
  func callAsFunction(_ words: WordInput, on tape: Tape) -> Variable {
    let vectors = tape.constant(Tensor(words.vectors, [words.kinds.count, weight.shape[0]]))
    return tape.add(
      tape.lookup(words.kinds, in: tape.use(kinds)),
      1,
      tape.matmul(vectors, tape.use(weight))
    )
  }

  var members: [(name: String, member: Member)] {
    [("weight", .parameter(weight)), ("kinds", .parameter(kinds))]
  }
}

extension ModelSpec {
  /// log2 of the values that one position of the network stands for.
  package var halvings: Int { input == .audio ? convolutions : 0 }

  /// The positions that the network sees of an input of that layout.
  package func positions(of layout: SequenceLayout) -> SequenceLayout {
    halvings == 0 ? layout : AudioFrontEnd.layout(layout, convolutions: halvings)
  }
}
