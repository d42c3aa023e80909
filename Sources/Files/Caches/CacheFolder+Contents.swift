import Foundation

/// Small contents, each stored under its name after the hexadecimal digits of its digest.
extension CacheFolder {
  private static let digestDigits = 32

  /// Stores bytes under a name; a failed write becomes a notice.
  package func keep(_ bytes: Data, named name: String) {
    guard let path = path(of: name) else { return }
    let content = [UInt8](bytes)
    do {
      try AtomicFile.write(Array(Digest(of: content).hex.utf8) + content, to: path)
    } catch {
      addNotice(error.description)
    }
  }

  /// Returns the bytes stored under a name, or nil if they are missing or damaged.
  package func kept(named name: String) -> Data? {
    guard let path = path(of: name), let file = FileManager.default.contents(atPath: path),
      file.count >= Self.digestDigits
    else { return nil }
    let content = [UInt8](file.dropFirst(Self.digestDigits))
    let digits = String(decoding: file.prefix(Self.digestDigits), as: UTF8.self)
    return Digest(hex: digits) == Digest(of: content) ? Data(content) : nil
  }
}
