/// A sound that is decoded from its beginning to its end.
protocol SoundSource: AnyObject {
  /// Frames per second.
  var rate: Int { get }
  var channels: Int { get }
  /// The frames that the file promises to hold; 0 where it does not say.
  var promisedFrames: Int { get }
  /// How much further the positions in the file count for a frame.
  var positionsPerFrame: Int { get }
  /// What there is beside the samples that a user should know, once all was read.
  var remark: String? { get }

  /// Decodes up to so many frames of all channels.
  ///
  /// - Returns: how many there are: 0 while the next are being made, nil at the end.
  /// - Throws: `AudioError`.
  func read(_ frames: Int, into buffer: UnsafeMutableBufferPointer<Float>) throws(AudioError)
    -> Int?

  /// Whether the file ended too early, once all was read, whatever it promises.
  var isCut: Bool { get }
}

extension SoundSource {
  /// Most count frames.
  var positionsPerFrame: Int { 1 }
}
