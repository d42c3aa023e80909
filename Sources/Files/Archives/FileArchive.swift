import CArchive
import Foundation

/// The files of a tar or zip archive, read in one pass without unpacking; gzip, bzip2, xz and zstd are decompressed
/// on the fly.
package struct FileArchive {
  /// The path of the archive.
  package let path: String

  /// The file name suffixes that identify an archive.
  package static let endings = [
    ".tar", ".tar.gz", ".tgz", ".tar.xz", ".tar.bz2", ".tar.zst", ".zip",
  ]

  package init(path: String) { self.path = path }

  /// Returns true if a path has the suffix of an archive.
  package static func isArchive(_ path: String) -> Bool {
    let path = path.lowercased()
    return endings.contains(where: path.hasSuffix)
  }

  /// The size of the archive in bytes.
  package var size: Int {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_size : 0
  }

  /// Passes every file of the archive to `body`, in the order of the archive.
  ///
  /// - Throws: `FileReadError`, or whatever `body` throws.
  package func forEachMember(_ body: (borrowing ArchiveMember) throws -> Void) throws {
    let source = try OpenFile(path: path, name: path)
    guard let archive = archive_read_new() else {
      throw FileReadError(file: path, .archive(reason: "there is no memory for it"))
    }
    defer { archive_read_free(archive) }
    for support in [
      archive_read_support_filter_gzip, archive_read_support_filter_bzip2,
      archive_read_support_filter_xz, archive_read_support_filter_zstd,
      archive_read_support_format_tar, archive_read_support_format_zip,
    ] {
      // If one of the libraries is missing, the archive is refused below, with the reason.
      _ = support(archive)
    }
    try check(archive_read_open_fd(archive, source.descriptor, 1 << 20), archive)
    while true {
      var entry: OpaquePointer?
      let code = archive_read_next_header(archive, &entry)
      if code == ARCHIVE_EOF { return }
      try check(code, archive)
      guard let entry, archive_entry_filetype(entry) == S_IFREG,
        let name = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)
      else { continue }
      let size = archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : Int.max
      try body(
        ArchiveMember(
          path: String(cString: name),
          archivePath: path,
          archive: archive,
          blockSize: ReadBlock.bytes(forFileOf: size)
        )
      )
    }
  }

  private func check(_ code: Int32, _ archive: OpaquePointer) throws(FileReadError) {
    guard code == ARCHIVE_OK || code == ARCHIVE_WARN else {
      throw FileReadError(file: path, .archive(reason: Self.reason(archive)))
    }
  }

  fileprivate static func reason(_ archive: OpaquePointer) -> String {
    guard let text = archive_error_string(archive) else { return "it is damaged" }
    return String(cString: text)
  }
}

/// A file in an archive, valid while the archive is positioned at it; its bytes can be read only once.
package struct ArchiveMember: ~Copyable {
  /// The path in the archive.
  package let path: String
  fileprivate let archivePath: String
  fileprivate let archive: OpaquePointer
  fileprivate let blockSize: Int

  /// The number of compressed bytes of the archive read so far.
  package var archiveOffset: Int { Int(archive_filter_bytes(archive, -1)) }

  /// Returns all bytes of a small file.
  ///
  /// - Throws: `FileReadError`, also if there are more than `limit` bytes, or whatever `progress` throws.
  package func bytes(limit: Int, progress: () throws -> Void = {}) throws -> Data {
    var data = Data()
    try forEachBlock(progress) { block in
      guard data.count + block.count <= limit else {
        throw FileReadError(file: path, .archive(reason: "it has more than \(limit) bytes"))
      }
      data.append(contentsOf: block)
    }
    return data
  }

  /// Copies the bytes to a temporary file, for readers that seek.
  ///
  /// - Throws: `FileReadError`, also if there are more than `limit` bytes, or whatever `progress` throws.
  package func spooled(
    limit: Int = .max,
    progress: () throws -> Void = {}
  ) throws -> SpooledMember {
    let file = try UnnamedFile(for: path)
    var room = limit
    try forEachBlock(progress) { block in
      room -= block.count
      guard room >= 0 else {
        throw FileReadError(file: path, .archive(reason: "it has more than \(limit) bytes"))
      }
      try file.write(block, for: path)
    }
    return SpooledMember(path: path, file: file)
  }

  private func forEachBlock(
    _ progress: () throws -> Void,
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var block = [UInt8](repeating: 0, count: blockSize)
    while true {
      try progress()
      let count = archive_read_data(archive, &block, block.count)
      if count == Int(ARCHIVE_RETRY) { continue }
      guard count >= 0 else {
        throw FileReadError(file: archivePath, .archive(reason: FileArchive.reason(archive)))
      }
      guard count > 0 else { return }
      try block.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
  }
}

/// A file of an archive, copied to a temporary file that is deleted along with this value.
package final class SpooledMember: Sendable {
  /// The path in the archive.
  package let path: String
  private let file: UnnamedFile

  fileprivate init(path: String, file: consuming UnnamedFile) {
    self.path = path
    self.file = file
  }

  /// The open temporary file.
  package var descriptor: Int32 { file.descriptor }
}
