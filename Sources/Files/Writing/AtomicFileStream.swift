import Glibc
import Synchronization

/// Numbers the temporary files of one process.
private let temporaryCounter = Atomic<Int>(0)

/// A file being written: accepts chunks of bytes and puts the whole in place on success.
///
/// Created by ``AtomicFile/write(to:faults:body:)`` and valid only within its closure.
package final class AtomicFileStream {
  private let target: WriteTarget
  private let faults: FileFaults
  private var temporaryPath: String?
  private var unfinished: Int?
  private var descriptor: Int32 = -1
  private var stepCounts: [FileWriteError.Step: Int] = [:]
  private var failure: FileWriteError?

  /// The number of bytes written so far.
  package private(set) var byteCount = 0

  init(path: String, faults: FileFaults) throws(FileWriteError) {
    self.faults = faults
    target = try WriteTarget(resolving: path)
    if let code = plannedFailure(of: .open) { throw error(.open, code) }
    if target.isSpecial {
      descriptor = open(target.path, O_WRONLY | O_CLOEXEC)
      if descriptor < 0 { throw error(.open, errno) }
    } else {
      try openTemporary()
    }
  }

  deinit { cancel() }

  /// Appends `bytes`, resuming after short writes and interruptions; throws ``FileWriteError``.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(FileWriteError) {
    precondition(descriptor >= 0, "write to a stream that is closed")
    if failure == nil { failure = firstFailure(writing: bytes) }
    if let failure { throw failure }
  }

  /// Appends `bytes`; throws ``FileWriteError``.
  package func write(_ bytes: [UInt8]) throws(FileWriteError) {
    precondition(descriptor >= 0, "write to a stream that is closed")
    if failure == nil { failure = bytes.withUnsafeBytes(firstFailure(writing:)) }
    if let failure { throw failure }
  }

  /// Flushes the temporary file, renames it onto the target and flushes the folder.
  ///
  /// An error of the last step is thrown too, but by then the new content is in place.
  func commit() throws(FileWriteError) {
    do throws(FileWriteError) {
      if let failure { throw failure }
      if !target.isSpecial { try flush(descriptor, as: .flush) }
      try closeFile()
      if let source = temporaryPath {
        let planned = plannedFailure(of: .rename)
        if planned != nil || rename(source, target.path) != 0 {
          throw error(.rename, planned ?? errno)
        }
        temporaryPath = nil
        forgetUnfinished()
        try flushFolder()
      }
    } catch {
      cancel()
      throw error
    }
  }

  /// Closes the stream and removes the temporary file, if it still exists.
  func cancel() {
    if descriptor >= 0 {
      close(descriptor)
      descriptor = -1
    }
    if let path = temporaryPath {
      unlink(path)
      temporaryPath = nil
    }
    forgetUnfinished()
  }

  private func forgetUnfinished() {
    if let place = unfinished { UnfinishedFiles.forget(place) }
    unfinished = nil
  }

  private func openTemporary() throws(FileWriteError) {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    repeat {
      let number = temporaryCounter.add(1, ordering: .relaxed).newValue
      let path = target.temporaryPath(number: number)
      forgetUnfinished()
      unfinished = UnfinishedFiles.add(path)
      descriptor = open(path, flags, target.existing?.mode ?? 0o666)
      if descriptor >= 0 { temporaryPath = path }
    } while descriptor < 0 && (errno == EEXIST || errno == EINTR)
    if descriptor < 0 {
      let code = errno
      forgetUnfinished()
      throw error(.open, code)
    }
    if let existing = target.existing {
      // Changing the owner needs privileges; without them the file belongs to the writer.
      _ = fchown(descriptor, existing.owner, existing.group)
      fchmod(descriptor, existing.mode)
    }
  }

  private func firstFailure(writing bytes: UnsafeRawBufferPointer) -> FileWriteError? {
    var rest = bytes
    while !rest.isEmpty {
      let amount = min(rest.count, faults.largestWrite)
      let planned = plannedFailure(of: .write)
      let written = planned == nil ? Glibc.write(descriptor, rest.baseAddress, amount) : -1
      if written > 0 {
        byteCount += written
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      } else {
        let code = written == 0 ? EIO : planned ?? errno
        if code != EINTR { return error(.write, code) }
      }
    }
    return nil
  }

  private func flush(
    _ descriptor: Int32,
    as step: FileWriteError.Step
  ) throws(FileWriteError) {
    while true {
      let planned = plannedFailure(of: step)
      if planned == nil && fsync(descriptor) == 0 { return }
      let code = planned ?? errno
      if code == EINVAL || code == ENOTSUP { return }  // a file system that cannot flush this
      if code != EINTR { throw error(step, code) }
    }
  }

  private func closeFile() throws(FileWriteError) {
    let planned = plannedFailure(of: .close)
    let result = close(descriptor)
    let code = planned ?? errno
    descriptor = -1
    // Linux has released the descriptor even when it reports an interruption.
    if (planned != nil || result != 0) && code != EINTR { throw error(.close, code) }
  }

  private func flushFolder() throws(FileWriteError) {
    let folder = open(target.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if folder < 0 { return }  // a folder one may write to but not read
    defer { close(folder) }
    try flush(folder, as: .flushFolder)
  }

  private func plannedFailure(of step: FileWriteError.Step) -> Int32? {
    stepCounts[step, default: 0] += 1
    return faults.failure(of: step, occurrence: stepCounts[step, default: 0])
  }

  private func error(_ step: FileWriteError.Step, _ code: Int32) -> FileWriteError {
    FileWriteError(path: target.path, step: step, code: code)
  }
}
