/// Writes whole files so that whoever opens one finds the old content or the new, never a part.
///
/// The bytes go to a new file `.<name>.<pid>.<counter>.tmp` in the same folder, which is flushed
/// (`fsync`), renamed onto the target and made durable by flushing the folder. Up to the rename every
/// failure leaves the old file untouched and takes the temporary file away. Permissions and, where
/// allowed, the owner of an existing file are kept; a symbolic link stays and its target is replaced;
/// other hard links keep the old content. A target that is no regular file (a pipe, `/dev/null`) is
/// written in place.
///
/// A process that exceeds its file size limit is killed by `SIGXFSZ` unless it ignores that signal: a
/// program that writes files calls `signal(SIGXFSZ, SIG_IGN)` when it starts, and then gets an ordinary
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

  /// Replaces or creates the file at `path` with what `body` writes, in as many chunks as it likes.
  ///
  /// Throws ``FileWriteError``, or whatever `body` throws; then the old file is as it was. A failed
  /// write also fails the whole, even where `body` passed over its error.
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

  /// Finds out whether `path` can be written, before long work whose result goes there.
  ///
  /// Creates a temporary file and takes it away again; throws the ``FileWriteError`` a write would.
  package static func checkWritable(_ path: String) throws(FileWriteError) {
    try AtomicFileStream(path: path, faults: .none).cancel()
  }
}
