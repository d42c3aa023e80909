import Foundation

/// The errors that can occur between a drawing and a picture file.
package enum PlotError: Error, Equatable {
  /// The picture would have more pixels than the renderer draws.
  case tooLarge(width: Double, height: Double, limit: Int)
  /// The drawing library failed, with its message.
  case drawingFailed(reason: String)
  /// The picture could not be encoded, with the encoder's message.
  case encodingFailed(reason: String)
}

extension PlotError: LocalizedError {
  /// The error and its remedy.
  package var errorDescription: String? {
    switch self {
    case .tooLarge(let width, let height, let limit):
      "a picture of \(NumberText.plain(width)) × \(NumberText.plain(height)) pixels is too large: "
        + "at most \(NumberText.plain(Double(limit))) on a side; choose a smaller size or scale"
    case .drawingFailed(let reason):
      "the picture could not be drawn: \(reason); try a smaller size or scale"
    case .encodingFailed(let reason):
      "the picture could not be encoded as PNG: \(reason)"
    }
  }
}
