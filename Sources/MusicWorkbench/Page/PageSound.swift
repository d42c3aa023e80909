import Audio
import CommandLanguage
import Foundation
import Tensors

/// The recording as embedded in a page: pieces of MP3 that the browser decodes one by one as it plays.
///
/// An hour takes 38 MB in the page, and a browser keeps only a few pieces decoded.
struct PageSound {
  /// The number of samples per second in the page.
  static let rate = 44_100
  /// The bit rate in kbit/s. At half this rate, files lack the tag that reports the encoder delay to decoders.
  static let kilobits = 64
  static let pieceSeconds = 20.0
  /// The number of samples of a piece.
  static let pieceFrames = Int(pieceSeconds) * rate
  /// The number of samples by which each piece overlaps its neighbours, so that the edges are inaudible.
  static let margin = 2304
  /// The maximum length of a recording in seconds; it takes 155 MB in the page.
  static let mostSeconds = 4 * 3600.0

  /// A function that opens the recording at its beginning.
  let open: () throws -> AudioReader
  /// The number of samples at ``rate``.
  let frames: Int
  /// The gain of the samples, which makes soft recordings audible.
  let gain: Float

  /// The target root mean square of recordings, as far as their peaks allow it.
  private static let level = 0.1
  private static let ceiling: Float = 0.98
  /// The maximum gain: 80 dB.
  private static let mostGain: Float = 10_000

  /// Measures a recording; returns nil if it is too long for a page.
  ///
  /// - Parameters:
  ///   - open: opens it at its beginning; called each time that it is read.
  ///   - check: called between blocks; an error that it throws ends the reading.
  /// - Throws: `AudioError`; any error of `check`.
  init?(_ open: @escaping () throws -> AudioReader, check: () throws -> Void) throws {
    let reader = try open()
    var peak: Float = 0
    var power = 0.0
    while try reader.read({ block in
      try check()
      guard let samples = block.baseAddress else { return }
      peak = max(peak, kernels.peak(block.count, samples))
      power += kernels.sum_of_squares(block.count, samples)
    }) {}
    let seconds = Double(reader.framesRead) / Double(reader.rate)
    guard seconds <= Self.mostSeconds else { return nil }
    self.open = open
    frames = (reader.framesRead * Self.rate + reader.rate - 1) / reader.rate
    let level = (power / Double(reader.framesRead)).squareRoot()
    gain = min(Self.ceiling / peak, Float(Self.level / level), Self.mostGain)
  }

  /// Passes each piece to `body` as Base64.
  ///
  /// - Throws: `AudioError`; a diagnostic if MP3 cannot be written; any error of `body`.
  func pieces(_ body: (String) throws -> Void) throws {
    let reader = try open()
    let resampler = Resampler(from: reader.rate, to: Self.rate)
    var pending: [Float] = []
    // The number of samples passed on, and the index of the first sample of `pending`.
    var (done, first) = (0, 0)
    func hand(_ end: Int) throws {
      let last = min(end + Self.margin, frames)
      try body(try piece(Array(pending[..<(last - first)])))
      let kept = max(0, end - Self.margin)
      pending.removeFirst(kept - first)
      (done, first) = (end, kept)
    }
    func take(_ block: UnsafeBufferPointer<Float>) throws {
      let start = pending.count
      pending += block
      pending.withUnsafeMutableBufferPointer {
        guard let samples = $0.baseAddress else { return }
        kernels.scale(block.count, gain, samples + start)
      }
      while done + Self.pieceFrames < frames,
        first + pending.count >= done + Self.pieceFrames + Self.margin
      {
        try hand(done + Self.pieceFrames)
      }
    }
    while try reader.read({ try resampler.process($0, take) }) {}
    try resampler.finish(take)
    // A file that changed after it was measured keeps its measured length.
    pending += [Float](repeating: 0, count: max(0, frames - first - pending.count))
    while done < frames { try hand(min(done + Self.pieceFrames, frames)) }
  }

  private func piece(_ samples: [Float]) throws -> String {
    let encoder = MP3Encoder(rate: Self.rate, kilobits: Self.kilobits)
    guard let bytes = encoder.bytes(samples) else {
      throw Diagnostic(
        "the libsndfile that is installed does not write MP3, which pages hold",
        remedy: "install libsndfile 1.1 or newer, or leave out page=on"
      )
    }
    return Data(bytes).base64EncodedString()
  }
}
