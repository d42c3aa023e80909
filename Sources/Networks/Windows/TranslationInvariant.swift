import Autograd
import Numerics
import Synchronization
import Tensors

extension NetworkKind {
  package static let translationinvariant = NetworkKind(
    "translationinvariant",
    summary: "convolutions along the logarithm of frequency and along time",
    about: """
      The window, divided by its norm, in 25 stretches of a quarter of it; the logarithms of the powers that 512 filters \
      find, whose frequencies grow evenly in octaves; m convolutions over 128 neighbouring filters, the same along \
      all of them; 2m over all stretches at each place; a dense layer, which tells the notes in the middle. \
      "Invariances and Data Augmentation for Supervised Music Transcription" (ICASSP 2018), there at 44,100 Hz with windows of \
      16,384 samples and m = 128 77.3 %. Others than there: windows of 4,096 samples at 11,000 Hz have the same \
      length, and filters end at 5,450 Hz instead of 6,000; the loss is that of all networks, weights are not \
      averaged over steps, and pitches are not shifted.
      """,
    settings: [.maps],
    usualMaps: 128,
    shortest: 256,
    rate: 0.001,
    window: { TranslationInvariant($0, window: $1, using: &$2) }
  )
}

/// Convolutions over a log-frequency spectrogram: J. Thickstun et al., "Invariances and Data Augmentation for
/// Supervised Music Transcription" (ICASSP 2018), after their published code.
///
///     s = log((sin filters · x)² + (cos filters · x)² + 10⁻¹⁴)      25 stretches × 512 filters
///     u = relu(W₁ ∗ s + b₁)     over 128 filters, every second place: 193 places
///     v = relu(W₂ · u + b₂)     of all stretches at a place
struct TranslationInvariant: WindowCore {
  private let pitches: Linear
  private let times: Linear
  private let maps: Int
  private let bank: FilterBank
  private let window: Int

  /// The number of filters that a convolution reads, and the step from one to the next.
  private static let reach = 128
  private static let stride = 2
  private static let places = (FilterBank.filters - reach) / stride + 1

  init(_ spec: ModelSpec, window: Int, using values: inout InitialValues) {
    maps = spec.maps
    self.window = window
    bank = FilterBank(window: window)
    pitches = Linear(
      weight: values.matrix(Self.reach, maps),
      bias: values.constant(0, maps)
    )
    times = Linear(
      weight: values.matrix(FilterBank.stretches * maps, 2 * maps),
      bias: values.constant(0, 2 * maps)
    )
  }

  func callAsFunction(
    _ samples: Variable,
    windows: Int,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable {
    let heard = tape.constant(bank(samples.value, windows: windows))
    let rows = windows * FilterBank.stretches
    let first = { (x: Variable, tape: Tape) in
      let places = tape.windows(
        tape.reshape(x, to: [rows * FilterBank.filters, 1]),
        lengths: Array(repeating: FilterBank.filters, count: rows),
        width: Self.reach,
        stride: Self.stride,
        padding: .valid
      )
      return tape.relu(pitches(places, on: tape))
    }
    let second = { (x: Variable, tape: Tape) in
      let byPlace = tape.swapAxes(x, outer: windows, FilterBank.stretches, Self.places)
      let joined = tape.reshape(
        byPlace,
        to: [windows * Self.places, FilterBank.stretches * maps]
      )
      return tape.relu(times(joined, on: tape))
    }
    let states = try LayerStack(layers: [first, second])(heard, isDivisible: false, on: tape)
    return tape.reshape(states, to: [windows, width])
  }

  var width: Int { Self.places * 2 * maps }
  var answers: [Int] { [window / 2] }

  func title(ofLayers count: Int) -> String { "layers" }

  var layers: [CoreLayer] {
    let rows = Double(FilterBank.stretches * Self.places)
    let inner = FilterBank.stretches * maps
    return [
      CoreLayer(
        "pitches",
        widths: [Self.reach, maps],
        operations: 2 * rows * Double(Self.reach * maps)
      ),
      CoreLayer(
        "times",
        widths: [inner, 2 * maps],
        operations: 2 * Double(Self.places * inner * 2 * maps)
      ),
    ]
  }

  func stepFloats(windows: Double) -> Double {
    let rows = Double(FilterBank.stretches * Self.places)
    return windows * (rows * Double(Self.reach + 3 * maps) + 3 * Double(width))
  }

  func passFloats(windows: Double) -> Double {
    windows
      * (Double(FilterBank.stretches * Self.places * (Self.reach + 2 * maps)) + bank.floats)
  }
}

/// The log powers of filters in the stretches of windows.
struct FilterBank: Sendable {
  static let filters = 512
  static let stretches = 25
  /// The value added to powers before their logarithm.
  private static let least = 1e-14
  /// The value added to the norm of a window.
  private static let leastNorm: Float = 1e-7
  /// The frequency of the first filter and the one after the last filter, in Hz.
  private static let lowest = 50.0
  private static let highest = 5450.0
  private static let rate = 11_000.0

  private let window: Int
  /// The samples of a stretch: 4,096 for a window of 16,384.
  private var span: Int { window / 4 }
  private var hop: Int { (window - span) / (Self.stretches - 1) }

  init(window: Int) { self.window = window }

  /// The floats that it needs for a window.
  var floats: Double { Double(Self.stretches * (span + 3 * Self.filters)) }

  /// Returns [B · 25, 512] for windows of n samples one after another.
  func callAsFunction(_ samples: Tensor, windows: Int) -> Tensor {
    let (span, hop) = (span, hop)
    let tape = Tape(isRecording: false)
    let rows = Tensor(
      [windows * Self.stretches, span],
      reading: samples
    ) { out, samples in
      WorkerPool.shared.run(parts: windows) { number in
        let own = samples + number * window
        let norm = Float(kernels.sum_of_squares(window, own).squareRoot()) + Self.leastNorm
        for stretch in 0..<Self.stretches {
          let row = out + (number * Self.stretches + stretch) * span
          for i in 0..<span { row[i] = own[stretch * hop + i] / norm }
        }
      }
    }
    let filtered = tape.matmul(tape.constant(rows), tape.constant(Self.matrix(span: span))).value
    return Tensor([rows.shape[0], Self.filters], reading: filtered) { out, filtered in
      WorkerPool.shared.run(parts: rows.shape[0]) { row in
        let own = filtered + row * 2 * Self.filters
        for filter in 0..<Self.filters {
          let (sine, cosine) = (Double(own[filter]), Double(own[Self.filters + filter]))
          out[row * Self.filters + filter] = Float(
            Real.log(sine * sine + cosine * cosine + Self.least)
          )
        }
      }
    }
  }

  /// Returns the filters for stretches of that many samples, sines first, under a raised cosine: [span, 1024].
  private static func matrix(span: Int) -> Tensor {
    matrices.withLock { matrices in
      if let matrix = matrices[span] { return matrix }
      let growth = Real.log(highest / lowest) / Double(filters)
      let turns = lowest * Double(span) / rate
      let matrix = Tensor([span, 2 * filters]) { out in
        WorkerPool.shared.run(parts: span) { i in
          let x = 2 * Double.pi * Double(i) / Double(span)
          let mask = 1 - Real.cos(x)
          for filter in 0..<filters {
            let angle = Real.exp(Double(filter) * growth) * turns * x
            out[i * 2 * filters + filter] = Float(mask * Real.sin(angle))
            out[i * 2 * filters + filters + filter] = Float(mask * Real.cos(angle))
          }
        }
      }
      matrices[span] = matrix
      return matrix
    }
  }

  /// The cached filter matrices, by the number of samples of a stretch.
  private static let matrices = Mutex<[Int: Tensor]>([:])
}
