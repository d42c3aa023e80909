import Autograd
import Tensors

/// The input layer that turns audio samples, or the coefficients of their spectra, into positions of m maps.
///
/// With c convolutions of width 4 and stride 2, each followed by norm and gelu, a window of n values becomes n / 2^c
/// positions; a product with bias, times 0.25, comes last. Without convolutions it is a product of each value, or of
/// the row of values of each spectrogram place.
/// Widths: 1 → m for none, 1 → 2m → m for one, 1 → m/2 → 2m → m for two, 1 → m/2 → m → 2m → m for three.
package struct AudioFrontEnd: Module {
  private let convolutions: [Convolution]
  private let last: Linear
  private let channels: Int

  /// The maximum number of convolutions.
  package static let largest = 3
  private static let factor: Float = 0.25
  private static let width = 4

  /// - Parameter channels: the number of values per place; 1 before convolutions.
  init(channels: Int = 1, maps: Int, convolutions count: Int, using values: inout InitialValues) {
    precondition(channels == 1 || count == 0, "convolutions of one channel")
    self.channels = channels
    let widths = Self.widths(maps: maps, convolutions: count)
    var convolutions: [Convolution] = []
    for (inputs, outputs) in zip(widths, widths.dropFirst()).prefix(count) {
      convolutions.append(
        Convolution(
          weight: values.convolution(width: Self.width, from: inputs, to: outputs),
          offset: values.constant(0, outputs)
        )
      )
    }
    self.convolutions = convolutions
    last = Linear(from: count == 0 ? channels : widths[count], to: maps, using: &values)
  }

  /// Returns the channels before and after each convolution.
  static func widths(maps: Int, convolutions: Int) -> [Int] {
    switch convolutions {
    case 0: [1]
    case 1: [1, 2 * maps]
    case 2: [1, maps / 2, 2 * maps]
    default: [1, maps / 2, maps, 2 * maps]
    }
  }

  /// Returns the positions that the network sees for windows of these lengths.
  static func layout(_ layout: SequenceLayout, convolutions: Int) -> SequenceLayout {
    SequenceLayout(layout.segments.map { ($0.length >> convolutions, $0.batch) })
  }

  /// Maps [T, channels] → [T / 2^c, m].
  func callAsFunction(_ values: [Float], layout: SequenceLayout, on tape: Tape) -> Variable {
    precondition(
      values.count == layout.rows * channels,
      "\(values.count) values for \(layout.rows) places"
    )
    var x = tape.constant(Tensor(values, [layout.rows, channels]))
    var layout = layout
    for convolution in convolutions {
      x = tape.matmul(tape.stridedWindows(x, layout: layout), tape.use(convolution.weight))
      layout = Self.layout(layout, convolutions: 1)
      x = tape.gelu(
        tape.positionNorm(x, offset: tape.use(convolution.offset), examples: layout.lengths)
      )
    }
    let y = last(x, on: tape)
    return convolutions.isEmpty ? y : tape.scaled(y, by: Self.factor)
  }
}

/// A convolution as a matrix of [4c, k], and the offset of the norm after it.
private struct Convolution: Module {
  let weight: Parameter
  let offset: Parameter
}
