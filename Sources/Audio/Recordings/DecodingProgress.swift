/// How far a sound file is decoded.
package struct DecodingProgress: Sendable {
  /// The seconds of sound so far.
  package let seconds: Double
  /// The seconds that the file promises; 0 where it does not say.
  package let promised: Double

  /// Nothing is decoded yet.
  static let beginning = DecodingProgress(seconds: 0, promised: 0)
}
