import Foundation

/// The reason that a file could not be written: the path, the failed step and the system's error number.
package struct FileWriteError: LocalizedError, Equatable, CustomStringConvertible {
  /// The steps of an atomic write, in order.
  package enum Step: String, Sendable, CaseIterable {
    /// Creating the temporary file beside the target.
    case open
    /// Writing bytes to it.
    case write
    /// Flushing it to the disk.
    case flush
    /// Closing it, when network file systems report earlier errors.
    case close
    /// Renaming it onto the target.
    case rename
    /// Flushing the folder; the new content is in place by then.
    case flushFolder
  }

  /// The target file, with symbolic links resolved.
  package let path: String
  /// The step that failed.
  package let step: Step
  /// The error number of the system call (`errno`).
  package let code: Int32

  package init(path: String, step: Step, code: Int32) {
    self.path = path
    self.step = step
    self.code = code
  }

  /// The path, the reason and the remedy in one sentence.
  package var description: String {
    if path.isEmpty { return "cannot write: the file name is empty; give one" }
    if step == .flushFolder {
      return "\(path) is written, but its folder could not be flushed to the disk: \(reason)"
    }
    return "cannot write \(path): \(reason); \(remedy)"
  }

  /// The same sentence, for `LocalizedError`.
  package var errorDescription: String? { description }

  /// The reason, without the path.
  package var reason: String {
    switch code {
    case EFBIG: "the file would be larger than the limit for files"
    case ENOENT, ENOTDIR: "its folder does not exist"
    case EISDIR: "it is a folder"
    case EINVAL where step == .open: "the name holds a character that names cannot have"
    default: String(cString: strerror(code)).lowercasedFirst
    }
  }

  /// The remedy.
  package var remedy: String {
    switch code {
    case ENOSPC, EDQUOT: "free some space, or write to another disk"
    case EFBIG: "raise the limit (`ulimit -f`), or write less"
    case EACCES, EPERM: "change its permissions or those of its folder, or choose another folder"
    case EROFS: "choose a folder on a disk that can be written"
    case ENOENT, ENOTDIR: "make the folder first, or correct the path"
    case EISDIR: "give the name of a file"
    case ENAMETOOLONG, EINVAL: "choose another name"
    case ELOOP: "its symbolic links go in a circle: mend them, or choose another name"
    case EMFILE, ENFILE: "close other files or programs and try again"
    default: "what was there before is unchanged: check the disk and try again"
    }
  }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
