/// The files of a WAV file that others were joined to.
enum WaveParts {
  private static let headerSize = 8

  /// The files; nil if it is none, or alone.
  static func parts(_ bytes: inout FileBytes) -> [SoundPart]? {
    var parts: [SoundPart] = []
    var start = 0
    while isFile(&bytes, at: start) {
      let size = bytes.littleEndian(at: start + 4) ?? 0
      // Chunks of odd length are followed by a byte.
      let ends = [start + headerSize + size, start + headerSize + size + size % 2]
      let end = ends.first { isFile(&bytes, at: $0) } ?? bytes.count
      parts.append(SoundPart(bytes: start..<end))
      start = end
    }
    return parts.count > 1 ? parts : nil
  }

  private static func isFile(_ bytes: inout FileBytes, at place: Int) -> Bool {
    bytes.holds("RIFF", at: place) && bytes.holds("WAVE", at: place + headerSize)
  }
}
