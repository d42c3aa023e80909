import Autograd
import Tensors

/// A layer norm with its learned gain and offset.
struct LayerNorm: Module {
  private let gain: Parameter
  private let offset: Parameter

  init(maps: Int, using values: inout InitialValues) {
    gain = values.constant(1, maps)
    offset = values.constant(0, maps)
  }

  func callAsFunction(_ x: Variable, on tape: Tape) -> Variable {
    tape.layerNorm(x, gain: tape.use(gain), offset: tape.use(offset))
  }
}

/// An encoder layer; each part follows a norm and has a residual connection.
///
///     x ← x + attention(norm(x)),  x ← x + W₂ · gelu(W₁ · norm(x) + b₁) + b₂
///
/// "On Layer Normalization in the Transformer Architecture" (ICML 2020).
struct EncoderLayer: Module {
  private let attention: SelfAttention
  private let feedforward: FeedForward

  init(maps: Int, heads: Int, using values: inout InitialValues) {
    attention = SelfAttention(maps: maps, heads: heads, using: &values)
    feedforward = FeedForward(maps: maps, using: &values)
  }

  /// - Parameter number: the number of the application, which determines its dropout.
  func callAsFunction(
    _ x: Variable,
    number: Int,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable {
    func dropped(_ y: Variable, _ part: Int) -> Variable {
      guard let dropout = dropout?.wholeLayer(2 * number + part) else { return y }
      return tape.dropout(y, layout: layout, dropout)
    }
    let attended = tape.add(x, 1, dropped(try attention(x, layout: layout, on: tape), 0))
    return tape.add(attended, 1, dropped(feedforward(attended, on: tape), 1))
  }
}

private struct SelfAttention: Module {
  private let heads: Int
  private let norm: LayerNorm
  private let query, key, value, result: Linear

  init(maps: Int, heads: Int, using values: inout InitialValues) {
    self.heads = heads
    norm = LayerNorm(maps: maps, using: &values)
    query = Linear(from: maps, to: maps, using: &values)
    key = Linear(from: maps, to: maps, using: &values)
    value = Linear(from: maps, to: maps, using: &values)
    result = Linear(from: maps, to: maps, using: &values)
  }

  func callAsFunction(_ x: Variable, layout: SequenceLayout, on tape: Tape) throws -> Variable {
    let y = norm(x, on: tape)
    let attended = try tape.attention(
      query(y, on: tape),
      key(y, on: tape),
      value(y, on: tape),
      heads: heads,
      layout: layout
    )
    return result(attended, on: tape)
  }
}

private struct FeedForward: Module {
  private let norm: LayerNorm
  private let inner, outer: Linear

  init(maps: Int, using values: inout InitialValues) {
    norm = LayerNorm(maps: maps, using: &values)
    inner = Linear(from: maps, to: 4 * maps, using: &values)
    outer = Linear(from: 4 * maps, to: maps, using: &values)
  }

  func callAsFunction(_ x: Variable, on tape: Tape) -> Variable {
    outer(tape.gelu(inner(norm(x, on: tape), on: tape)), on: tape)
  }
}
