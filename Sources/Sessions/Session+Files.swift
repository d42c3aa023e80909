import CommandLanguage
import Files
import Foundation

extension Session {
  /// Where a file that a statement reads is: written by an earlier statement of a replay, or at its path.
  package func readingPath(_ path: String) -> String {
    if let redirected = redirectedPath(path),
      FileManager.default.fileExists(atPath: redirected)
    {
      return redirected
    }
    return absolutePath(path)
  }

  /// Where a file that a statement writes goes.
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

  /// A path whose `~` is the folder that `HOME` names, as in shells, or the user's where it names none.
  private static func expandingHome(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"),
      let home = ProcessInfo.processInfo.environment["HOME"], !home.isEmpty
    else { return (path as NSString).expandingTildeInPath }
    return home + path.dropFirst()
  }

  /// Where relative paths of a process start; in a folder that is gone, whose path nobody knows, a name of it that the
  /// system finds nothing under.
  package static var workingFolder: String {
    guard let path = getcwd(nil, 0) else { return goneFolder }
    defer { free(path) }
    return String(cString: path)
  }

  private static let goneFolder = "/proc/self/cwd"

  /// Refuses a relative path where the folder that it starts from is gone.
  private func checkFolder(of path: String) throws(Diagnostic) {
    guard folder == Self.goneFolder, !Self.expandingHome(path).hasPrefix("/") else { return }
    throw Diagnostic(
      "the working folder, from which `\(path)` starts, is gone",
      remedy: "change to a folder that is there, or write the whole path"
    )
  }

  /// The place of a file inside the folder that takes all written files.
  private func redirectedPath(_ path: String) -> String? {
    guard let writingFolder, share == nil || writingFolder != host.unseenFolder else { return nil }
    return writingFolder + URL(fileURLWithPath: absolutePath(path)).standardizedFileURL.path
  }

  /// Makes a folder that a statement writes into, with those around it.
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

  /// The names of the files in a folder; none where it is missing.
  package func names(inFolder path: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: readingPath(path))) ?? []
  }

  /// The files that a pattern of the shell stands for, such as `*.wav`, sorted; a name that is there stands for itself.
  ///
  /// - Throws: a diagnostic where a pattern fits no file.
  package func files(matching pattern: String) throws(Diagnostic) -> [String] {
    guard pattern.contains(where: { "*?[".contains($0) }), !hasFile(pattern) else {
      return [pattern]
    }
    var found = glob_t()
    defer { globfree(&found) }
    let place = readingPath(pattern)
    // Only the pattern is one, not the folder that it starts from.
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
    // Names are given back as they were asked for, relative ones without the folder.
    return (0..<Int(found.gl_pathc)).compactMap { index in
      found.gl_pathv[index].map { String(cString: $0) }
    }.map { String(decoding: $0.utf8.dropFirst(start), as: UTF8.self) }
  }

  /// Whether there is something at a path.
  package func hasFile(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: readingPath(path))
  }

  /// Whether there is a file of that name that is no folder.
  package func isRegularFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: readingPath(path), isDirectory: &isFolder)
      && !isFolder.boolValue
  }

  /// The bytes of a file, which results then depend on.
  package func read(_ path: String) throws -> Data {
    let bytes = try bytes(of: path)
    noteReading(path, bytes)
    return bytes
  }

  /// The bytes of a file, or those that come through a pipe.
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

  /// Writes a whole file, or nothing; Ctrl-C leaves what was there before.
  package func write(
    _ bytes: [UInt8],
    to path: String,
    isInterruptible: Bool = true
  ) throws {
    try write(to: path, isInterruptible: isInterruptible) { write in
      try bytes.withUnsafeBytes(write)
    }
  }

  /// Writes a whole file in parts, or nothing; Ctrl-C leaves what was there before.
  ///
  /// - Parameter isInterruptible: false for what an interrupted statement leaves.
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

  /// Finds out whether a file can be written, before long work whose result goes there.
  package func checkWritable(_ path: String) throws(Diagnostic) {
    let place = try writingPath(path)
    do {
      try AtomicFile.checkWritable(place)
    } catch {
      throw Diagnostic("cannot write `\(path)`: \(error.reason)", remedy: error.remedy)
    }
  }

  /// Whether two names are of one file, as far as it is read.
  package func isSameFile(_ first: String, _ second: String) -> Bool {
    func resolved(_ path: String) -> String {
      URL(fileURLWithPath: readingPath(path)).resolvingSymlinksInPath().path
    }
    return resolved(first) == resolved(second)
  }

  /// Bytes that are written between two looks at Ctrl-C.
  private static let portion = 8 << 20
}
