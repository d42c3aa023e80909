import CSampleRate

/// A converter of a sample stream's rate, by libsamplerate.
///
/// Output k is at the time k / `target`: the filter's delay is removed. n inputs give ceil(n · target / rate) outputs.
///
/// The filter is the library's medium one. From 44,100 to 11,000 Hz it leaves less than −110 dB of what is above 5,520 Hz,
/// at some 150 times real time per thread, at the expense of the top of the band, which falls off from 4,700 Hz (the
/// highest note of a piano has 4,186 Hz). The best filter keeps the band up to 5,200 Hz and takes four times as long; the
/// fast one begins to fall off at 4,000 Hz.
package final class Resampler {
  /// The version of the arithmetic; samples stored by another version are computed again.
  package static let version = 1
  private static let outputBlock = 1 << 14

  private let state: OpaquePointer
  private let rate: Int
  private let target: Int
  private var consumed = 0
  private var produced = 0
  private var output = [Float](repeating: 0, count: Resampler.outputBlock)

  /// Makes a converter from `rate` to `target` samples per second; their quotient is within 1/256 … 256.
  package init(from rate: Int, to target: Int) {
    precondition(rate > 0 && target > 0, "rates must be positive")
    precondition(
      src_is_valid_ratio(Double(target) / Double(rate)) == 1,
      "the rates are too far apart"
    )
    self.rate = rate
    self.target = target
    var code: Int32 = 0
    guard let state = src_new(Int32(SRC_SINC_MEDIUM_QUALITY), 1, &code) else {
      preconditionFailure("no memory for a resampler")
    }
    self.state = state
  }

  /// Makes a converter for a stream that is joined to another; nil if the rates are too far apart.
  convenience init?(joining rate: Int, to target: Int) {
    guard src_is_valid_ratio(Double(target) / Double(rate)) == 1 else { return nil }
    self.init(from: rate, to: target)
  }

  deinit { src_delete(state) }

  /// Takes the next samples, and passes on the output that follows from them.
  package func process(
    _ block: UnsafeBufferPointer<Float>,
    _ body: (UnsafeBufferPointer<Float>) throws -> Void
  ) rethrows {
    consumed += block.count
    if rate == target { return try body(block) }
    try feed(block, limit: .max, body)
  }

  /// Passes on the remaining output after the end of the stream.
  package func finish(_ body: (UnsafeBufferPointer<Float>) throws -> Void) rethrows {
    if rate == target { return }
    let (quotient, rest) = (consumed * target).quotientAndRemainder(dividingBy: rate)
    let total = quotient + (rest > 0 ? 1 : 0)
    let silence = [Float](repeating: 0, count: 4096)
    while produced < total {
      try silence.withUnsafeBufferPointer { try feed($0, limit: total, body) }
    }
  }

  private func feed(
    _ block: UnsafeBufferPointer<Float>,
    limit: Int,
    _ body: (UnsafeBufferPointer<Float>) throws -> Void
  ) rethrows {
    var rest = block
    while true {
      let (used, made) = step(rest)
      let count = min(made, limit - produced)
      if count > 0 {
        produced += count
        try output.withUnsafeBufferPointer {
          try body(UnsafeBufferPointer(rebasing: $0[..<count]))
        }
      }
      rest = UnsafeBufferPointer(rebasing: rest[used...])
      if rest.isEmpty && made < Self.outputBlock { return }
    }
  }

  private func step(_ block: UnsafeBufferPointer<Float>) -> (used: Int, made: Int) {
    output.withUnsafeMutableBufferPointer { output in
      var data = SRC_DATA()
      data.data_in = block.baseAddress
      data.input_frames = block.count
      data.data_out = output.baseAddress
      data.output_frames = output.count
      data.src_ratio = Double(target) / Double(rate)
      let code = src_process(state, &data)
      precondition(code == 0, "the resampler refuses its input")
      return (data.input_frames_used, data.output_frames_gen)
    }
  }
}
