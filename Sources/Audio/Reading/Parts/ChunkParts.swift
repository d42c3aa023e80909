/// The files of a WAV or AIFF file that others were joined to: each is a chunk that says how long it is.
enum ChunkParts {
  private static let headerSize = 8

  /// The files; nil if it is none, or alone.
  static func parts(_ bytes: inout FileBytes) -> [SoundPart]? {
    var parts: [SoundPart] = []
    var start = 0
    while let size = size(&bytes, at: start) {
      // Chunks of odd length are followed by a byte.
      let ends = [start + headerSize + size, start + headerSize + size + size % 2]
      let end = ends.first { self.size(&bytes, at: $0) != nil } ?? bytes.count
      parts.append(SoundPart(bytes: start..<end))
      start = end
    }
    return parts.count > 1 ? parts : nil
  }

  /// How long the file at a place is behind its header; nil where there is none.
  private static func size(_ bytes: inout FileBytes, at place: Int) -> Int? {
    let form = place + headerSize
    if bytes.holds("RIFF", at: place), bytes.holds("WAVE", at: form) {
      return bytes.littleEndian(at: place + 4)
    }
    if bytes.holds("FORM", at: place),
      bytes.holds("AIFF", at: form) || bytes.holds("AIFC", at: form)
    {
      return bytes.bigEndian(at: place + 4)
    }
    return nil
  }
}
