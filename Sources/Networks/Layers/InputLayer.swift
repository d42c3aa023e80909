import Autograd
import Tensors

/// The first layer of a network: a symbol table, word vectors, convolutions over audio, or the keys of a piano.
enum InputLayer {
  case embedding(Parameter, NetworkKind.Embedding)
  case words(WordLayer)
  case audio(AudioFrontEnd)
  case keys(KeyFront)

  init(_ spec: ModelSpec, using values: inout InitialValues) {
    self =
      switch spec.input {
      case .symbols:
        .embedding(
          spec.network.embedding == .plain
            ? values.table(spec.inputSymbols, spec.maps)
            : values.table(spec.inputSymbols, spec.maps, within: 0.01),
          spec.network.embedding
        )
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
      case .harmonics: .keys(KeyFront(maps: spec.maps, using: &values))
      }
  }

  /// Maps an input to [T', m] for the positions of `ModelSpec.positions(of:)`.
  ///
  /// - Parameter keys: receives the features of the keys, [T · 88, c], if there are any. Only the positions are
  ///   returned, so that nothing else holds them while a core continues from them.
  func callAsFunction(
    _ input: SequenceInput,
    layout: SequenceLayout,
    keys: inout Variable?,
    on tape: Tape
  ) -> Variable {
    switch (self, input) {
    case (_, .passage(let text, _)): return self(text, layout: layout, keys: &keys, on: tape)
    case (.embedding(let table, .plain), .symbols(let symbols)):
      return tape.lookup(symbols, in: tape.use(table))
    case (.embedding(let table, .squashed), .symbols(let symbols)):
      return tape.lookup(symbols, in: tape.tanh(tape.use(table), factor: 30))
    case (.words(let layer), .words(let words)): return layer(words, on: tape)
    case (.audio(let front), .audio(let values)): return front(values, layout: layout, on: tape)
    case (.keys(let front), .audio(let values)):
      let heard = front(values, layout: layout, on: tape)
      keys = heard.keys
      return heard.positions
    default: preconditionFailure("the network reads something else")
    }
  }

  var member: (name: String, member: Member) {
    switch self {
    case .embedding(let table, _): ("embedding", .parameter(table))
    case .words(let layer): ("words", .module(layer))
    case .audio(let front): ("front", .module(front))
    case .keys(let front): ("front", .module(front))
    }
  }
}

/// Frozen word vectors on their way into a network: v·W + k, where the learned row k is that of known words; it appears
/// alone where there is no vector: for blanks, unknown words and the mask.
struct WordLayer: Module {
  private let weight: Parameter
  private let kinds: Parameter

  init(dimension: Int, maps: Int, using values: inout InitialValues) {
    weight = values.matrix(dimension, maps)
    kinds = values.table(WordInput.Kind.count, maps)
  }

  /// Maps [T, d] → [T, m].
  func callAsFunction(_ words: WordInput, on tape: Tape) -> Variable {
    let vectors = tape.constant(Tensor(words.vectors, [words.kinds.count, weight.shape[0]]))
    return tape.add(
      tape.lookup(words.kinds, in: tape.use(kinds)),
      1,
      tape.matmul(vectors, tape.use(weight))
    )
  }
}

extension ModelSpec {
  /// The layers before the core: the paths of their weights, and their widths.
  var inputLayers: [(path: String, widths: [Int])] {
    switch input {
    case .symbols: return [("embedding", [inputSymbols, maps])]
    case .words: return [("words", [inputSymbols, maps])]
    case .spectrogram: return [("front.last", [inputSymbols, maps])]
    case .harmonics: return keyFrontLayers.map { ($0.path, $0.widths) }
    case .audio:
      let widths = AudioFrontEnd.widths(maps: maps, convolutions: convolutions)
      return (0..<convolutions).map { index in
        ("front.convolutions.\(index)", [4 * widths[index], widths[index + 1]])
      } + [("front.last", [widths[convolutions], maps])]
    }
  }

  /// The products over audio or vectors: the rows per value read, the values of each row, and the number of weights.
  private var inputProducts: [(share: Double, outputs: Double, weights: Double)] {
    guard input != .symbols else { return [] }
    if input == .harmonics {
      return keyFrontLayers.map { layer in
        (Double(layer.share), Double(layer.widths[1]), Double(layer.widths[0] * layer.widths[1]))
      }
    }
    return inputLayers.enumerated().map { index, layer in
      let share = 1 / Double(1 << min(index + 1, halvings))
      return (share, Double(layer.widths[1]), Double(layer.widths[0] * layer.widths[1]))
    }
  }

  /// The floating-point operations of these products per value read.
  var inputOperations: Double { inputProducts.reduce(0) { $0 + 2 * $1.share * $1.weights } }

  /// The floats that they keep per value read: windows, norm and gelu of each.
  var inputFloats: Double {
    inputProducts.reduce(0) { $0 + $1.share * ($1.weights / $1.outputs + 3 * $1.outputs) }
  }

  /// The base-2 logarithm of the number of input values per position of the network.
  package var halvings: Int { input == .audio ? convolutions : 0 }

  /// Returns the positions that the network sees for an input with the given layout.
  package func positions(of layout: SequenceLayout) -> SequenceLayout {
    halvings == 0 ? layout : AudioFrontEnd.layout(layout, convolutions: halvings)
  }
}
