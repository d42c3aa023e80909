/// The networks that models can have.
package enum NetworkKind: String, CaseIterable, Sendable {
  case rse
  case se
  case transformer
  case universal
  case lstm
  case gru
  case conv

  /// What it is.
  package var summary: String {
    switch self {
    case .rse: "the Residual Shuffle-Exchange network"
    case .se: "the Neural Shuffle-Exchange network before it, with gated switch units"
    case .transformer: "the encoder of a transformer, in which all positions see each other"
    case .universal: "a universal transformer, whose one layer is applied several times"
    case .lstm: "recurrent layers of long short-term memory cells"
    case .gru: "recurrent layers of gated recurrent units"
    case .conv: "residual layers of dilated convolutions"
    }
  }

  /// Its form, its cost, and where it comes from.
  package var about: String {
    switch self {
    case .rse:
      """
      `blocks` Beneš blocks of 2 (log2 n - 1) switch layers for sequences of length n, and a last switch \
      layer, each on all pairs x of neighbouring positions: h = norm(x·W1), c = gelu(h)·W2 + b, \
      y = σ(2r)∘x + 0.109 c. The positions are shuffled between the layers. O(n log n). "Residual \
      Shuffle-Exchange Networks for Fast Processing of Long Sequences" (AAAI 2021).
      """
    case .se:
      """
      Wired in the same way, with a gated switch unit: u = x + s∘k for the skip input s from the block before, \
      two resets r = σ(u·R + b + 1/2), the candidate c = tanh of both (u∘r)·C + b, the gate \
      z = σ(u·G + b + 1/2), y = z∘swap(x) + (1-z)∘c. O(n log n). Its released code has a loss of its own and \
      does not limit gradients. "Neural Shuffle-Exchange Networks" (NeurIPS 2019).
      """
    case .transformer:
      """
      `layers` times x + attention(norm(x)), then x + W2·gelu(W1·norm(x)), 4 `maps` wide inside; attention \
      is softmax(q·k/√d)·v in `heads` heads over all positions. Blanks are symbols like others. O(n²). \
      "Attention Is All You Need" (NeurIPS 2017), with the norms of "On Layer Normalization in the \
      Transformer Architecture" (ICML 2020).
      """
    case .universal:
      """
      One layer of a transformer, applied `layers` times; before each, the codes of the position and of the \
      step are added. O(n²). "Universal Transformers" (ICLR 2019), without halting.
      """
    case .lstm:
      """
      `layers` layers that read position after position: i, f, o = σ(x·W + h·U + b), g = tanh of the same \
      form, c = f∘c + i∘g, h = o∘tanh(c). O(n), n steps one after another. "Long Short-Term Memory" (1997).
      """
    case .gru:
      """
      The same with r, z = σ(x·W + h·U + b), c = tanh(x·W + b + r∘(h·U)), h = (1-z)∘c + z∘h. O(n). \
      "Learning Phrase Representations using RNN Encoder-Decoder" (EMNLP 2014).
      """
    case .conv:
      """
      `layers` times x + W2·gelu(W1·norm(x) + b1) + b2, where W1 reads a position and those 1, 2, 4, … 512 \
      before and behind it, one distance a layer. O(n). After "Multi-Scale Context Aggregation by Dilated \
      Convolutions" (ICLR 2016).
      """
    }
  }

  /// The settings that give it its form.
  package var settings: [ModelSetting] {
    switch self {
    case .rse: [.maps, .blocks, .tying, .norm, .convolutions]
    case .se: [.maps, .blocks]
    case .transformer: [.maps, .layers, .heads, .positions]
    case .universal: [.maps, .layers, .heads]
    case .lstm, .gru: [.maps, .layers, .direction]
    case .conv: [.maps, .layers]
    }
  }

  /// Layers where none are asked for.
  package var usualLayers: Int {
    switch self {
    case .lstm, .gru: 2
    case .conv: DilatedConvolutions.cycle
    default: 4
    }
  }
}
