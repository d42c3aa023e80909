/// The common sound formats that libsndfile does not read, recognised by the first bytes of their files.
package enum ForeignFormat: String, Sendable {
  case mp4 = "MP4 (M4A)"
  case matroska = "WebM or Matroska"
  case windowsMedia = "Windows Media (WMA)"
  case amr = "AMR"
  case aac = "AAC"
  case monkey = "Monkey's Audio (APE)"
  case wavPack = "WavPack"
  case video = "video (AVI)"
  case oggFLAC = "Ogg FLAC"

  /// The file extensions of these formats and of others that are decoded the same way.
  package static let extensions = [
    "m4a", "mp4", "m4b", "mov", "3gp", "webm", "mkv", "mka", "wma", "asf", "amr", "aac", "ac3",
    "ape",
    "wv", "avi",
  ]

  /// Recognises the format at a place of an open file; nil for any other.
  init?(of descriptor: Int32, at place: Int = 0) {
    var bytes = FileBytes(descriptor, count: place + Self.headSize)
    let head = Array(bytes.bytes(at: place, count: Self.headSize))
    func holds(_ text: String, at place: Int = 0) -> Bool {
      head.dropFirst(place).starts(with: text.utf8)
    }
    if holds("ftyp", at: 4) || holds("moov", at: 4) {
      self = .mp4
    } else if head.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
      self = .matroska
    } else if head.starts(with: [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]) {
      self = .windowsMedia
    } else if holds("#!AMR") {
      self = .amr
    } else if head.count > 1, head[0] == 0xFF, head[1] & 0xF6 == 0xF0 {
      self = .aac
    } else if holds("MAC ") {
      self = .monkey
    } else if holds("wvpk") {
      self = .wavPack
    } else if holds("RIFF"), holds("AVI ", at: 8) {
      self = .video
    } else if holds("OggS"), holds("\u{7F}FLAC", at: 28) {
      self = .oggFLAC
    } else {
      return nil
    }
  }

  private static let headSize = 33
}
