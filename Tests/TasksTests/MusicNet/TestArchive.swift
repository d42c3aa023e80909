import CArchive
import Foundation
import Glibc
import TestSupport
import Testing

/// Archives that tests make.
enum TestArchive {
  /// Writes files into an archive whose kind the name's ending tells.
  static func write(
    _ files: [(path: String, bytes: Data)],
    to name: String,
    in folder: TemporaryFolder
  ) throws -> String {
    let archive = try #require(archive_write_new())
    defer { archive_write_free(archive) }
    if name.hasSuffix(".zip") {
      archive_write_set_format_zip(archive)
    } else {
      archive_write_set_format_pax_restricted(archive)
      if name.hasSuffix("gz") { archive_write_add_filter_gzip(archive) }
    }
    try #require(archive_write_open_filename(archive, folder(name)) == ARCHIVE_OK)
    for file in files {
      let entry = try #require(archive_entry_new())
      defer { archive_entry_free(entry) }
      archive_entry_set_pathname(entry, file.path)
      archive_entry_set_size(entry, Int64(file.bytes.count))
      archive_entry_set_filetype(entry, UInt32(Glibc.S_IFREG))
      archive_entry_set_perm(entry, 0o644)
      try #require(archive_write_header(archive, entry) == ARCHIVE_OK)
      file.bytes.withUnsafeBytes { _ = archive_write_data(archive, $0.baseAddress, $0.count) }
    }
    archive_write_close(archive)
    return folder(name)
  }
}
