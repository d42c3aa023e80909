import Glibc

/// The actual target of a write: the path with its symbolic links resolved, and the existing file.
struct WriteTarget {
  /// The attributes of a file that is about to be replaced.
  struct Existing {
    let mode: mode_t
    let owner: uid_t
    let group: gid_t
  }

  private static let mostLinks = 40
  private static let longestStem = 200

  let path: String
  let existing: Existing?
  /// True for pipes and devices, which are written in place.
  let isSpecial: Bool

  init(resolving path: String) throws(FileWriteError) {
    func error(_ code: Int32) -> FileWriteError {
      FileWriteError(path: path, step: .open, code: code)
    }
    if path.utf8.contains(0) { throw error(EINVAL) }
    if path.isEmpty { throw error(ENOENT) }
    if path.utf8.last == UInt8(ascii: "/") { throw error(EISDIR) }
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno != ENOENT { throw error(errno) }
      self.path = try Self.endOfLinks(path)
      existing = nil
      isSpecial = false
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw error(EISDIR)
    case S_IFREG:
      // The rename needs no write permission for the old file: check it, so that write protection has an effect.
      if access(path, W_OK) != 0 { throw error(errno) }
      self.path = try Self.endOfLinks(path)
      existing = Existing(
        mode: status.st_mode & 0o777,
        owner: status.st_uid,
        group: status.st_gid
      )
      isSpecial = false
    default:
      self.path = path
      existing = nil
      isSpecial = true
    }
  }

  /// The folder that holds the target.
  var folder: String { Self.folder(of: path) }

  /// Returns the path of a temporary file beside the target; a long name is truncated to a valid length.
  func temporaryPath(number: Int) -> String {
    let name = path.utf8.suffix(from: Self.nameStart(of: path))
    let stem = String(decoding: name.prefix(Self.longestStem), as: UTF8.self)
    let temporary = ".\(stem).\(getpid()).\(number).tmp"
    return folder == "." ? temporary : folder == "/" ? "/" + temporary : folder + "/" + temporary
  }

  /// Returns the file at the end of a chain of links, whether it exists or not.
  private static func endOfLinks(_ path: String) throws(FileWriteError) -> String {
    var end = path
    for _ in 0..<mostLinks {
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(end, &buffer, buffer.count)
      if count < 0 { return end }
      let bytes = buffer[..<count].map(UInt8.init(bitPattern:))
      let next = String(decoding: bytes, as: UTF8.self)
      end = bytes.first == UInt8(ascii: "/") ? next : folder(of: end) + "/" + next
    }
    throw FileWriteError(path: path, step: .open, code: ELOOP)
  }

  private static func folder(of path: String) -> String {
    let start = nameStart(of: path)
    if start == path.startIndex { return "." }
    let folder = path[..<path.utf8.index(before: start)]
    return folder.isEmpty ? "/" : String(folder)
  }

  private static func nameStart(of path: String) -> String.Index {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path.startIndex }
    return path.utf8.index(after: slash)
  }
}
