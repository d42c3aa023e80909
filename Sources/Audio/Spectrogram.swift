import Tensors

/// Spectrograms with a row of 344 values for every 128th sample, three to the semitone.
///
/// Frame i of a window is centred on its sample 128 (i + 1), the position of label i. The first 276 values come from transforms
/// of 4,096 samples, in steps of a third of a semitone from 26 Hz. The other 68 come from transforms of 1,024 samples, which
/// resolve times better, in steps of a semitone from 110 Hz. Each value is ¼ log(1 + 5,000 a), where a is the root of the power
/// of the bins around a pitch; a tone of amplitude 1 has a ≈ 1. Triangles weight the bins; they reach the neighbouring pitches,
/// and at least one bin to each side. The window function is Hann's.
package final class Spectrogram: Sendable {
  /// The number of samples from one frame to the next, at 11,000 per second.
  package static let stride = LabelFrames.stride
  /// The number of values per frame with `usualScales`.
  package static let features = usualScales.reduce(0) { $0 + $1.count }
  /// The number of samples before and after a window that its frames also cover, with `usualScales`.
  package static let margin = margin(of: usualScales)
  /// The largest shift of pitches, in semitones.
  package static let largestShift = 12

  /// The number of samples in a window.
  package let window: Int
  private let scales: [PitchScale]
  private let shifts: ClosedRange<Int>
  private let banks: [[Bank]]
  private let workers: Idle<Worker>

  static let usualScales = [
    PitchScale(span: 4096, lowest: 20 + 2.0 / 3, stepsPerSemitone: 3, count: 276),
    PitchScale(span: 1024, lowest: 45, stepsPerSemitone: 1, count: 68),
  ]
  private static let gain: Float = 5000
  private static let factor: Float = 0.25
  /// The number of frames in one part of the work.
  private static let partFrames = 32

  /// - Parameter window: the number of samples in a window, a multiple of 128.
  package convenience init(window: Int) {
    self.init(window: window, scales: Self.usualScales, largestShift: Self.largestShift)
  }

  /// Makes the spectrogram of a network that writes notes, with `PitchScale.ofNotes`.
  ///
  /// - Parameter window: the number of samples in a window, a multiple of 128.
  package convenience init(ofNotes window: Int) {
    self.init(window: window, scales: PitchScale.ofNotes, largestShift: Self.largestShift)
  }

  /// - Parameter scales: the scales that make up a frame's values.
  init(window: Int, scales: [PitchScale], largestShift: Int = 0) {
    precondition(window > 0 && window.isMultiple(of: Self.stride), "a multiple of 128")
    self.window = window
    self.scales = scales
    self.shifts = -largestShift...largestShift
    banks = (-largestShift...largestShift).map { shift in scales.map { Bank($0, shift: shift) } }
    workers = Idle { Worker(spans: scales.map(\.span)) }
  }

  package static func margin(of scales: [PitchScale]) -> Int { (scales.map(\.span).max() ?? 0) / 2 }

  /// Returns the amplitude of the tone that a value represents.
  static func amplitude(of value: Float) -> Float {
    Float(Real.expm1(Double(value / factor))) / gain
  }

  /// The number of frames in a window.
  package var frames: Int { window / Self.stride }
  /// The number of samples in a window with its margins.
  package var span: Int { window + 2 * margin }
  private var margin: Int { Self.margin(of: scales) }
  /// The number of values per frame.
  var features: Int { scales.reduce(0) { $0 + $1.count } }

  /// Returns the frames of windows of a signal, [count, frames, features].
  ///
  /// - Parameters:
  ///   - samples: the signal.
  ///   - starts: the index of the first sample of each window's margin; its whole `span` is inside the signal.
  ///   - shifts: the upward shift of each window in semitones.
  package func frames(of samples: [Float], starts: [Int], shifts: [Int]) -> [Float] {
    precondition(
      starts.allSatisfy { $0 >= 0 && $0 <= samples.count - span },
      "windows inside the signal"
    )
    precondition(
      shifts.count == starts.count && shifts.allSatisfy(self.shifts.contains),
      "a shift for each window"
    )
    let (count, features, margin) = (starts.count * frames, features, margin)
    var result = [Float](repeating: 0, count: count * features)
    result.withUnsafeMutableBufferPointer { result in
      samples.withUnsafeBufferPointer { samples in
        // Without windows there is nothing to do; the parts below write disjoint rows of the result.
        guard let out = result.baseAddress, let signal = samples.baseAddress else { return }
        nonisolated(unsafe) let (rows, source) = (out, signal)
        WorkerPool.shared.run(parts: (count + Self.partFrames - 1) / Self.partFrames) { part in
          workers.with { worker in
            let first = part * Self.partFrames
            for row in first..<min(count, first + Self.partFrames) {
              let (window, frame) = row.quotientAndRemainder(dividingBy: frames)
              let middle = starts[window] + margin + Self.stride * (frame + 1)
              worker.hear(
                source + middle,
                banks[shifts[window] - self.shifts.lowerBound],
                into: rows + row * features
              )
            }
          }
        }
      }
    }
    return result
  }

  /// The weighted bins of each pitch of a scale.
  private struct Bank: Sendable {
    let bands: [rse_band]
    let weights: [Float]
    /// The factor that scales a tone of amplitude 1 to about `gain`.
    let scale: Float

    init(_ scale: PitchScale, shift: Int) {
      self.scale = Spectrogram.gain * 4 / Float(scale.span)
      let binsPerHertz = Double(scale.span) / Double(Recording.rate)
      let reach = Real.exp2(1 / (12 * scale.stepsPerSemitone)) - 1
      var bands: [rse_band] = []
      var weights: [Float] = []
      for index in 0..<scale.count {
        let pitch = scale.lowest + Double(index) / scale.stepsPerSemitone - Double(shift)
        let center = 440 * Real.exp2((pitch - 69) / 12) * binsPerHertz
        let half = max(1, center * reach)
        let first = max(0, Int((center - half).rounded(.up)))
        let last = min(scale.span / 2, Int((center + half).rounded(.down)))
        let bins = first <= last ? Array(first...last) : []
        bands.append(
          rse_band(
            first: UInt32(bins.isEmpty ? 0 : first),
            count: UInt32(bins.count),
            weights: UInt32(weights.count)
          )
        )
        weights += bins.map { Float(1 - abs(Double($0) - center) / half) }
      }
      self.bands = bands
      self.weights = weights
    }
  }

  /// The plans and buffers of one thread.
  private final class Worker: @unchecked Sendable {
    private let plans: [(window: [Float], plan: FourierPlan)]
    private var room: [Float]

    init(spans: [Int]) {
      plans = spans.map { span in
        let window = (0..<span).map {
          0.5 - 0.5 * Real.cos(2 * Double.pi * Double($0) / Double(span))
        }
        return (window.map(Float.init), FourierPlan(span: span))
      }
      room = [Float](repeating: 0, count: spans.max() ?? 0)
    }

    /// Writes the values of the frame around a sample.
    func hear(
      _ middle: UnsafePointer<Float>,
      _ banks: [Bank],
      into out: UnsafeMutablePointer<Float>
    ) {
      var row = out
      for ((window, plan), bank) in zip(plans, banks) {
        kernels.multiply(window.count, middle - window.count / 2, window, &room)
        plan.transform(room) { bins in
          kernels.band_loudness(
            bank.bands.count,
            bank.bands,
            bank.weights,
            bins,
            bank.scale,
            Spectrogram.factor,
            row
          )
        }
        row += bank.bands.count
      }
    }
  }
}
