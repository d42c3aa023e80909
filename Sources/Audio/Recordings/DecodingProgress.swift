/// The progress of decoding a sound file.
package struct DecodingProgress: Sendable {
  /// The seconds of sound decoded so far.
  package let seconds: Double
  /// The seconds that the file promises; 0 if it does not say.
  package let promised: Double

  /// The progress before anything is decoded.
  static let beginning = DecodingProgress(seconds: 0, promised: 0)
}
