import Autograd
import Tensors

/// The first layer of a network: a table of symbols, or convolutions over audio.
enum InputLayer {
  case embedding(Parameter)
  case audio(AudioFrontEnd)

  init(_ spec: ModelSpec, using values: inout InitialValues) {
    self =
      switch spec.input {
      case .symbols: .embedding(values.table(spec.inputSymbols, spec.maps))
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
    case (.audio(let front), .audio(let values)): front(values, layout: layout, on: tape)
    default: preconditionFailure("the network reads something else")
    }
  }

  var member: (name: String, member: Member) {
    switch self {
    case .embedding(let table): ("embedding", .parameter(table))
    case .audio(let front): ("front", .module(front))
    }
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
