/// Writes whole files, so that a reader finds either the old content or the new, never a part.
///
/// The bytes go to a new file `.<name>.<pid>.<counter>.tmp` in the same folder, which is flushed (`fsync`), renamed
/// onto the target and made durable by flushing the folder. A failure before the rename leaves the old file untouched
/// and removes the temporary file. Permissions and, where allowed, the owner of an existing file are preserved. A
/// symbolic link stays, and its target is replaced; other hard links retain the old content. A target that is not a
/// regular file (a pipe, `/dev/null`) is written in place.
///
/// A process that exceeds its file size limit is killed by `SIGXFSZ` unless it ignores that signal. A program that
/// writes files therefore calls `signal(SIGXFSZ, SIG_IGN)` at startup, and then receives an ordinary
/// ``FileWriteError`` with `EFBIG`.
package enum AtomicFile {
  /// Replaces or creates the file at `path` with `bytes`; throws ``FileWriteError``.
  package static func write(
    _ bytes: [UInt8],
    to path: String,
    faults: FileFaults = .none
  ) throws(FileWriteError) {
    let stream = try AtomicFileStream(path: path, faults: faults)
    try stream.write(bytes)
    try stream.commit()
  }

  /// Replaces or creates the file at `path` with what `body` writes, in any number of chunks.
  ///
  /// Throws ``FileWriteError``, or whatever `body` throws; the old file is then unchanged. A failed write fails the
  /// whole, even if `body` ignores its error.
  package static func write<Result>(
    to path: String,
    faults: FileFaults = .none,
    body: (AtomicFileStream) throws -> Result
  ) throws -> Result {
    let stream = try AtomicFileStream(path: path, faults: faults)
    do {
      let result = try body(stream)
      try stream.commit()
      return result
    } catch {
      stream.cancel()
      throw error
    }
  }

  /// Checks that `path` can be written, before lengthy work whose result is stored there.
  ///
  /// Creates a temporary file and removes it again; throws the ``FileWriteError`` that a write would.
  package static func checkWritable(_ path: String) throws(FileWriteError) {
    try AtomicFileStream(path: path, faults: .none).cancel()
  }
}
