import Glibc

/// The identity of a file, whatever path leads to it.
struct FileIdentity: Hashable, Sendable {
  private let device: UInt
  private let number: UInt

  /// Identifies the file at a path; nil if there is none.
  init?(at path: String) {
    var status = stat()
    guard !path.utf8.contains(0), stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  init(_ status: stat) {
    device = UInt(status.st_dev)
    number = UInt(status.st_ino)
  }
}

/// Reads files that are expected to hold pictures.
enum PictureFile {
  static let largest = 64 << 20

  /// Returns the picture at a path; never waits for anything but a regular file.
  static func read(_ path: String) throws(PictureFault) -> Picture {
    if path.utf8.contains(0) { throw .missing }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0 {
      throw [ENOENT, ENOTDIR, ENAMETOOLONG].contains(errno) ? .missing : .unreadable
    }
    defer { close(descriptor) }
    var status = stat()
    if fstat(descriptor, &status) != 0 { throw .unreadable }
    if status.st_mode & S_IFMT != S_IFREG { throw .noPicture }
    if status.st_size > largest { throw .tooLarge }
    let bytes = try content(of: descriptor, expecting: Int(status.st_size))
    guard let format = Picture.Format(of: bytes) else { throw .noPicture }
    return Picture(bytes: bytes, format: format, identity: FileIdentity(status))
  }

  private static func content(
    of descriptor: Int32,
    expecting size: Int
  ) throws(PictureFault) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw .unreadable
      }
      bytes += buffer[..<count]
      if bytes.count > largest { throw .tooLarge }
    }
  }
}
