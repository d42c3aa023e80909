import Audio
import CommandLanguage
import Foundation
import Tensors

/// The recording as it stands in a page: pieces of MP3 that the browser decodes one by one, as it plays.
///
/// An hour takes 38 MB in the page, and a browser holds no more than a few pieces decoded.
struct PageSound {
  /// Samples per second in the page.
  static let rate = 44_100
  /// Thousands of bits in a second. Of half as many, files have no tag that tells decoders of their delay.
  static let kilobits = 64
  static let pieceSeconds = 20.0
  /// Samples of a piece.
  static let pieceFrames = Int(pieceSeconds) * rate
  /// Samples of the neighbours that each piece holds, so that no edge is heard.
  static let margin = 2304
  /// Seconds of the longest recording, which takes 155 MB in the page.
  static let mostSeconds = 4 * 3600.0

  /// Opens the recording at its beginning.
  let open: () throws -> AudioReader
  /// The samples at ``rate``.
  let frames: Int
  /// What samples are multiplied by, so that soft recordings are heard.
  let gain: Float

  /// The root mean square that recordings are brought to, where their peaks allow it.
  private static let level = 0.1
  private static let ceiling: Float = 0.98
  /// 80 dB.
  private static let mostGain: Float = 10_000

  /// Measures a recording; nil where it is too long for a page.
  ///
  /// - Parameters:
  ///   - open: opens it at its beginning, and is called for each time that it is read.
  ///   - check: called between blocks; what it throws ends the reading.
  /// - Throws: `AudioError`; what `check` throws.
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

  /// Hands out each piece as Base64.
  ///
  /// - Throws: `AudioError`, a diagnostic where MP3 cannot be written; what `body` throws.
  func pieces(_ body: (String) throws -> Void) throws {
    let reader = try open()
    let resampler = Resampler(from: reader.rate, to: Self.rate)
    var pending: [Float] = []
    // What has been handed out, and the sample that `pending` begins with.
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
    // A file that changed since it was measured is as long as it was.
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
