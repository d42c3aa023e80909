import CommandLanguage
import Files
import Foundation

extension Session {
  /// Returns the path to read a file from: where an earlier statement of a replay wrote it, or its own path.
  package func readingPath(_ path: String) -> String {
    if let redirected = redirectedPath(path),
      FileManager.default.fileExists(atPath: redirected)
    {
      return redirected
    }
    return absolutePath(path)
  }

  /// Returns the path that a statement writes a file to.
  package func writingPath(_ path: String) throws(Diagnostic) -> String {
    try checkFolder(of: path)
    guard let redirected = redirectedPath(path) else { return absolutePath(path) }
    let parent = (redirected as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(
        atPath: parent,
        withIntermediateDirectories: true
      )
    } catch {
      throw Diagnostic("cannot make the folder \(parent): \(error.localizedDescription)")
    }
    return redirected
  }

  func absolutePath(_ path: String) -> String {
    let expanded = Self.expandingHome(path)
    return expanded.hasPrefix("/") ? expanded : folder + "/" + expanded
  }

  /// Returns a path whose `~` is replaced by `HOME`, as in shells, or by the user's folder if `HOME` is not set.
  private static func expandingHome(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"),
      let home = ProcessInfo.processInfo.environment["HOME"], !home.isEmpty
    else { return (path as NSString).expandingTildeInPath }
    return home + path.dropFirst()
  }

  /// The folder where a process's relative paths start; if it was removed, and so has no known path, a name of it under
  /// which the system finds nothing.
  package static var workingFolder: String {
    guard let path = getcwd(nil, 0) else { return goneFolder }
    defer { free(path) }
    return String(cString: path)
  }

  private static let goneFolder = "/proc/self/cwd"

  /// Rejects a relative path if its starting folder was removed.
  private func checkFolder(of path: String) throws(Diagnostic) {
    guard folder == Self.goneFolder, !Self.expandingHome(path).hasPrefix("/") else { return }
    throw Diagnostic(
      "the working folder, from which `\(path)` starts, is gone",
      remedy: "change to a folder that is there, or write the whole path"
    )
  }

  /// Returns the path of a file inside the folder for all written files; nil if there is no such folder.
  private func redirectedPath(_ path: String) -> String? {
    guard let writingFolder, share == nil || writingFolder != host.unseenFolder else { return nil }
    return writingFolder + URL(fileURLWithPath: absolutePath(path)).standardizedFileURL.path
  }

  /// Makes a folder for a statement's files, with its parents.
  package func makeFolder(_ path: String) throws(Diagnostic) {
    do {
      let place = try writingPath(path)
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: place, isDirectory: &isFolder), !isFolder.boolValue
      {
        throw Diagnostic(
          "`\(path)` is a file",
          remedy: "name a folder, or one that is not there yet"
        )
      }
      try FileManager.default.createDirectory(
        atPath: place,
        withIntermediateDirectories: true
      )
    } catch let error as Diagnostic {
      throw error
    } catch {
      let reason = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
      throw Diagnostic(
        "cannot make the folder `\(path)`: \((reason ?? error).localizedDescription)",
        remedy: "choose another folder, or check the permissions"
      )
    }
  }

  /// Returns the names of the files in a folder; none if it is missing.
  package func names(inFolder path: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: readingPath(path))) ?? []
  }

  /// Returns the files that match a shell pattern such as `*.wav`, sorted; the name of an existing file matches itself.
  ///
  /// - Throws: a diagnostic if a pattern matches no file.
  package func files(matching pattern: String) throws(Diagnostic) -> [String] {
    guard pattern.contains(where: { "*?[".contains($0) }), !hasFile(pattern) else {
      return [pattern]
    }
    var found = glob_t()
    defer { globfree(&found) }
    let place = readingPath(pattern)
    // Only the argument is a pattern, not the folder that it starts from.
    let isRelative = place.hasSuffix(pattern)
    let start = isRelative ? place.utf8.count - pattern.utf8.count : 0
    let folder = String(decoding: place.utf8.prefix(start), as: UTF8.self)
      .replacing(/[*?\[\\]/) { "\\" + $0.output }
    guard glob(folder + (isRelative ? pattern : place), GLOB_ERR, nil, &found) == 0 else {
      throw Diagnostic(
        "no file fits `\(pattern)`",
        remedy: "relative paths start at \(self.folder)"
      )
    }
    // Names are returned as they were requested, relative ones without the folder.
    return (0..<Int(found.gl_pathc)).compactMap { index in
      found.gl_pathv[index].map { String(cString: $0) }
    }.map { String(decoding: $0.utf8.dropFirst(start), as: UTF8.self) }
  }

  /// Returns true if there is something at a path.
  package func hasFile(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: readingPath(path))
  }

  /// Returns true if there is a file at a path that is not a folder.
  package func isRegularFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: readingPath(path), isDirectory: &isFolder)
      && !isFolder.boolValue
  }

  /// Reads a file, and notes that results depend on it.
  package func read(_ path: String) throws -> Data {
    let bytes = try bytes(of: path)
    noteReading(path, bytes)
    return bytes
  }

  /// Reads a file or a pipe.
  ///
  /// - Throws: `Interrupted`, or a diagnostic.
  package func bytes(of path: String) throws -> Data {
    try checkFolder(of: path)
    let place = readingPath(path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else {
      throw Diagnostic(
        "there is no file `\(path)`",
        remedy: "relative paths start at \(folder)"
      )
    }
    guard !isFolder.boolValue else {
      throw Diagnostic("`\(path)` is a folder", remedy: "name a file in it")
    }
    do {
      if let bytes = try PipeBytes.read(path: place, name: path, poll: checkInterruption) {
        return Data(bytes)
      }
      return try Data(contentsOf: URL(fileURLWithPath: place), options: .mappedIfSafe)
    } catch let error as FileReadError {
      throw Diagnostic("cannot read `\(path)`: \(error.reason)", remedy: error.remedy)
    } catch let error as Interrupted {
      throw error
    } catch {
      let reason = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
      let isTooLarge = (reason as NSError?)?.code == Int(ENOMEM)
      throw Diagnostic(
        "cannot read `\(path)`: \((reason ?? error).localizedDescription)",
        remedy: isTooLarge
          ? "it is larger than the memory that there is, or than `ulimit -v` allows"
          : "check the permissions of the file"
      )
    }
  }

  /// Writes a whole file or nothing; Ctrl-C leaves the previous content.
  package func write(
    _ bytes: [UInt8],
    to path: String,
    isInterruptible: Bool = true
  ) throws {
    try write(to: path, isInterruptible: isInterruptible) { write in
      try bytes.withUnsafeBytes(write)
    }
  }

  /// Writes a whole file in parts, or nothing; Ctrl-C leaves the previous content.
  ///
  /// - Parameter isInterruptible: false for files that an interrupted statement leaves.
  package func write(
    to path: String,
    isInterruptible: Bool = true,
    _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    filesWritten.insert(path)
    do {
      try AtomicFile.write(to: writingPath(path)) { stream in
        try body { bytes in
          for start in stride(from: 0, to: bytes.count, by: Self.portion) {
            if isInterruptible { try checkInterruption() }
            let portion = bytes[start..<min(start + Self.portion, bytes.count)]
            try stream.write(UnsafeRawBufferPointer(rebasing: portion))
          }
        }
      }
    } catch let error as FileWriteError {
      guard error.step != .flushFolder else {
        throw Diagnostic(
          "`\(path)` is written, but its folder could not be flushed to the disk: \(error.reason)",
          remedy: "the file may be gone after a loss of power: check the disk and write it again"
        )
      }
      throw Diagnostic("cannot write `\(path)`: \(error.reason)", remedy: error.remedy)
    }
  }

  /// Checks that a file can be written, before long work whose result it will hold.
  package func checkWritable(_ path: String) throws(Diagnostic) {
    let place = try writingPath(path)
    do {
      try AtomicFile.checkWritable(place)
    } catch {
      throw Diagnostic("cannot write `\(path)`: \(error.reason)", remedy: error.remedy)
    }
  }

  /// Returns true if two names are read from the same file.
  package func isSameFile(_ first: String, _ second: String) -> Bool {
    func resolved(_ path: String) -> String {
      URL(fileURLWithPath: readingPath(path)).resolvingSymlinksInPath().path
    }
    return resolved(first) == resolved(second)
  }

  /// The number of bytes written between two checks for Ctrl-C.
  private static let portion = 8 << 20
}
