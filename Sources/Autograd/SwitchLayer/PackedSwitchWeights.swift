import Synchronization
import Tensors

/// The weight matrices of a switch unit in panels.
///
/// Packed at the first use after a change, for all layers, passes and threads.
final class PackedSwitchWeights: Sendable {
  /// The operands of a forward pass.
  struct Forward {
    /// The panels of expand, [2m, 4m].
    let expand: Tensor
    /// The panels of k · contract, [4m, 2m], k the candidate's weight in the sum.
    let contract: Tensor
    /// The norm's offset, zero-padded to whole panels.
    let offset: Tensor
    /// k · bias, [2m].
    let bias: Tensor
    /// σ(2 · residual), [2m].
    let gate: Tensor
  }

  /// The operands of a backward pass.
  struct Backward {
    /// The panels of expandᵀ, [4m, 2m].
    let expand: Tensor
    /// The panels of k · contractᵀ, [2m, 4m].
    let contract: Tensor
  }

  private struct Forms {
    var versions: [Int] = []
    var forward: Forward?
    var backward: Backward?
  }

  private let forms = Mutex(Forms())

  /// Returns the weights as forward passes read them.
  func forward(_ weights: SwitchWeights) -> Forward {
    form(\.forward, of: weights, Self.makeForward)
  }

  /// Returns the weights as backward passes read them.
  func backward(_ weights: SwitchWeights) -> Backward {
    form(\.backward, of: weights, Self.makeBackward)
  }

  private func form<Form: Sendable>(
    _ place: WritableKeyPath<Forms, Form?> & Sendable,
    of weights: SwitchWeights,
    _ make: (SwitchWeights) -> Form
  ) -> Form {
    let versions = [
      weights.expand, weights.contract, weights.offset, weights.bias, weights.residual,
    ].map(\.version)
    return forms.withLock { forms in
      if forms.versions != versions { forms = Forms(versions: versions) }
      if let form = forms[keyPath: place] { return form }
      let form = make(weights)
      forms[keyPath: place] = form
      return form
    }
  }

  private static func makeForward(_ weights: SwitchWeights) -> Forward {
    let width = 2 * weights.maps
    let channels = 2 * width
    let matrices = Self.pack(
      (weights.expand, transposes: false, factor: 1),
      (weights.contract, transposes: false, factor: SwitchWeights.candidateWeight)
    )
    return Forward(
      expand: matrices.0,
      contract: matrices.1,
      offset: Tensor([panelled(channels)], reading: weights.offset.value) { out, offset in
        out.update(from: offset, count: channels)
        (out + channels).update(repeating: 0, count: panelled(channels) - channels)
      },
      bias: Tensor([width], reading: weights.bias.value) { out, bias in
        for c in 0..<width { out[c] = SwitchWeights.candidateWeight * bias[c] }
      },
      gate: Tensor([width], reading: weights.residual.value) { out, residual in
        kernels.double_gate(width, residual, out)
      }
    )
  }

  private static func makeBackward(_ weights: SwitchWeights) -> Backward {
    let matrices = pack(
      (weights.expand, transposes: true, factor: 1),
      (weights.contract, transposes: true, factor: SwitchWeights.candidateWeight)
    )
    return Backward(expand: matrices.0, contract: matrices.1)
  }

  private typealias Matrix = (parameter: Parameter, transposes: Bool, factor: Float)

  /// Packs two matrices together.
  private static func pack(_ first: Matrix, _ second: Matrix) -> (Tensor, Tensor) {
    func shape(_ matrix: Matrix) -> Shape {
      let shape = matrix.parameter.value.shape
      let (height, width) = matrix.transposes ? (shape[1], shape[0]) : (shape[0], shape[1])
      return [height, panelled(width)]
    }
    func pack(_ matrix: Matrix, into out: UnsafeMutablePointer<Float>) {
      let shape = matrix.parameter.value.shape
      matrix.parameter.value.withPointer {
        kernels.pack_panels(
          .init(
            rows: shape[0],
            columns: shape[1],
            b: $0,
            b_row: shape[1],
            transposes: matrix.transposes ? 1 : 0,
            factor: matrix.factor,
            out: out
          )
        )
      }
    }
    var one = Tensor(unwritten: shape(first))
    var other = Tensor(unwritten: shape(second))
    withPointers(writing: &one, &other) { one, other in
      WorkerPool.shared.run(parts: 2) { part in
        if part == 0 { pack(first, into: one) } else { pack(second, into: other) }
      }
    }
    return (one, other)
  }
}

extension PackedSwitchWeights.Forward {
  /// The arrays' addresses.
  struct Pointers {
    let expand, contract, offset, bias, gate: UnsafePointer<Float>
  }

  /// Calls `body` with addresses that are valid inside it only.
  func withPointers<R>(_ body: (Pointers) -> R) -> R {
    Tensors.withPointers(expand, contract, offset, bias, gate) {
      body(Pointers(expand: $0, contract: $1, offset: $2, bias: $3, gate: $4))
    }
  }
}
