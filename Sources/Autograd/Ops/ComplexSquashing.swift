import Numerics
import Tensors

extension Tape {
  /// Returns relu(|x| + b) / (|x| + 10⁻⁶) · x for complex numbers x of [r, 2c]; keeps their angles.
  ///
  /// "Unitary Evolution Recurrent Neural Networks" (ICML 2016).
  ///
  /// - Parameter bias: b, one learned value.
  package func modRelu(_ x: Variable, bias: Variable) -> Variable {
    let (rows, channels) = (x.shape[0], x.shape[1] / 2)
    let b = bias.value.scalar
    let (operand, biasOperand) = (x.operand, bias.operand)
    let value = Tensor(x.shape, reading: x.value) { out, x in
      kernels.mod_relu_forward(rows, channels, x, b, out)
    }
    return record(value) { gradient, gradients in
      var slope = 0.0
      let dx = Tensor(operand.shape, reading: x.value, gradient) { dx, x, dy in
        slope = kernels.mod_relu_backward(rows, channels, x, b, dy, dx)
      }
      gradients.add(dx, to: operand)
      gradients.add(Tensor([Float(slope)], biasOperand.shape), to: biasOperand)
    }
  }

  /// Returns σ(s · re + (1 − s) · im) with s = σ(mix) for complex numbers of [r, 2c] → [r, c].
  ///
  /// "Complex Gated Recurrent Neural Networks" (NeurIPS 2018), equation 13.
  ///
  /// - Parameter mix: one learned value.
  package func modSigmoid(_ x: Variable, mix: Variable) -> Variable {
    let (rows, channels) = (x.shape[0], x.shape[1] / 2)
    let share = Real.sigmoid(Double(mix.value.scalar))
    let (operand, mixOperand) = (x.operand, mix.operand)
    let value = Tensor([rows, channels], reading: x.value) { out, x in
      kernels.mod_sigmoid_forward(rows, channels, x, Float(share), out)
    }
    return record(value) { [value] gradient, gradients in
      var slope = 0.0
      let dx = Tensor(operand.shape, reading: x.value, value, gradient) { dx, x, y, dy in
        slope = kernels.mod_sigmoid_backward(rows, channels, x, Float(share), y, dy, dx)
      }
      gradients.add(dx, to: operand)
      gradients.add(Tensor([Float(slope * share * (1 - share))], mixOperand.shape), to: mixOperand)
    }
  }
}
