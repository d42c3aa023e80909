/// A picture as stored in its file.
struct Picture: Sendable {
  /// The formats that browsers show.
  enum Format: String, Sendable, CaseIterable {
    case png = "image/png"
    case jpeg = "image/jpeg"
    case gif = "image/gif"
    case webp = "image/webp"
    /// Shown as an image, never as a part of the page, so that scripts in it do not run.
    case svg = "image/svg+xml"

    /// Detects the format from the first bytes of a file.
    init?(of bytes: [UInt8]) {
      if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
        self = .png
      } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
        self = .jpeg
      } else if bytes.starts(with: "GIF8".utf8) {
        self = .gif
      } else if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
        self = .webp
      } else if Self.isSVG(bytes) {
        self = .svg
      } else {
        return nil
      }
    }

    /// The suffix of file names.
    var suffix: String {
      switch self {
      case .jpeg: "jpg"
      case .svg: "svg"
      case .png, .gif, .webp: String(rawValue.dropFirst("image/".count))
      }
    }

    /// Returns true if a file begins as XML and soon names an SVG element and namespace, which browsers require.
    private static func isSVG(_ bytes: [UInt8]) -> Bool {
      let start = String(decoding: bytes.prefix(4096), as: UTF8.self)
      let text = start.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
      return (text.hasPrefix("<?xml") || text.hasPrefix("<svg") || text.hasPrefix("<!--"))
        && text.contains("<svg") && text.contains("http://www.w3.org/2000/svg")
    }
  }

  /// The bytes of the file.
  let bytes: [UInt8]
  /// The format of the bytes.
  let format: Format
  /// The file's identity, whatever path leads to it.
  let identity: FileIdentity

  /// The width and height in pixels; nil unless it is a PNG file with a valid header.
  var size: (width: Int, height: Int)? {
    guard format == .png, bytes.count >= 24, bytes[12..<16].elementsEqual("IHDR".utf8) else {
      return nil
    }
    func number(at place: Int) -> Int { bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    let (width, height) = (number(at: 16), number(at: 20))
    return width > 0 && height > 0 ? (width, height) : nil
  }
}

/// The reason why a picture cannot be shown.
enum PictureFault: Error, Equatable {
  case missing
  case unreadable
  case tooLarge
  /// Not a regular file, or content in none of the formats.
  case noPicture

  /// Returns the sentence that the export shows in place of the picture.
  ///
  /// - Parameters:
  ///   - name: The picture, as the notebook names it.
  ///   - remedy: The command that makes the picture.
  func description(of name: String, remedy: String) -> [Phrase] {
    switch self {
    case .missing: [.words("picture \(name) is missing: run "), .code(remedy)]
    case .unreadable: [.words("picture \(name) cannot be read: change its permissions")]
    case .tooLarge:
      [.words("picture \(name) is left out: it is larger than \(PictureFile.largest >> 20) MiB")]
    case .noPicture:
      [
        .words("\(name) is left out: it is no picture in PNG, JPEG, GIF, WebP or SVG; run "),
        .code(remedy),
      ]
    }
  }

  /// A part of a sentence.
  enum Phrase: Equatable {
    case words(String)
    case code(String)
  }
}
