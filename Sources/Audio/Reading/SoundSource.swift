/// A sound that is decoded from beginning to end.
protocol SoundSource: AnyObject {
  /// Frames per second.
  var rate: Int { get }
  var channels: Int { get }
  /// The number of frames that the file promises; 0 if it does not say.
  var promisedFrames: Int { get }
  /// The number of the file's positions per frame.
  var positionsPerFrame: Int { get }
  /// A remark for the user beside the samples, once everything was read.
  var remark: String? { get }

  /// Decodes up to `frames` frames of all channels.
  ///
  /// - Returns: The number of frames: 0 while the next ones are being made, nil at the end.
  /// - Throws: `AudioError`.
  func read(_ frames: Int, into buffer: UnsafeMutableBufferPointer<Float>) throws(AudioError)
    -> Int?

  /// True if, once everything was read, the file ended too early, whatever it promises.
  var isCut: Bool { get }
}

extension SoundSource {
  /// One position per frame, as in most files.
  var positionsPerFrame: Int { 1 }
}
