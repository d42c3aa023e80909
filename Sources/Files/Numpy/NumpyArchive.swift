import CArchive
import Foundation
import Glibc

/// The arrays of a NumPy `.npz` archive, a zip archive of `.npy` files.
package enum NumpyArchive {
  /// The maximum number of arrays in an archive.
  private static let mostArrays = 100_000

  /// The maximum size of an array's header and of an element, in bytes.
  private static let longestHeader = 1 << 16
  private static let widest = 16

  /// Reads all arrays with their names, in the order of the archive; other files are skipped.
  ///
  /// - Parameters:
  ///   - path: the path of the archive.
  ///   - name: the name used in errors.
  ///   - size: returns the maximum number of elements of the array with a given name, so that no more is unpacked.
  /// - Throws: `NumpyArray.Fault` or `FileReadError`, or whatever `size` throws.
  package static func read(
    path: String,
    name: String,
    size: (String) throws -> Int
  ) throws -> [(name: String, array: NumpyArray)] {
    var arrays: [(name: String, array: NumpyArray)] = []
    try FileArchive(path: path).forEachMember { member in
      guard member.path.hasSuffix(".npy") else { return }
      guard arrays.count < mostArrays else {
        throw NumpyArray.Fault(
          file: name,
          reason: "it has more than \(mostArrays) arrays",
          remedy: "divide it"
        )
      }
      let own = String(member.path.dropLast(4))
      let file = try member.spooled(limit: longestHeader + widest * size(own))
      let array = try NumpyArray(
        descriptor: file.descriptor,
        name: "\(name), \(member.path)"
      )
      arrays.append((own, array))
    }
    return arrays
  }

  /// Writes an uncompressed archive of 32-bit float arrays in parts; equal arrays give equal bytes.
  ///
  /// - Parameters:
  ///   - arrays: names, shapes, and the little-endian elements in row-major order.
  ///   - sink: receives each part.
  /// - Throws: `NumpyArray.Fault`, or whatever `sink` throws.
  package static func write(
    _ arrays: [(name: String, shape: [Int], bytes: Data)],
    to sink: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try withoutActuallyEscaping(sink) { sink in
      let output = Output(sink)
      do {
        try withExtendedLifetime(output) { try write(arrays, output) }
      } catch {
        // The output's own error says more than the library's.
        throw output.failure ?? error
      }
    }
  }

  /// Receives the parts of an archive from the library.
  private final class Output {
    let sink: (UnsafeRawBufferPointer) throws -> Void
    private(set) var failure: (any Error)?

    init(_ sink: @escaping (UnsafeRawBufferPointer) throws -> Void) { self.sink = sink }

    func take(_ bytes: UnsafeRawBufferPointer) -> Int {
      // The library tries to write the rest even after a failure.
      guard failure == nil else { return -1 }
      do {
        try sink(bytes)
        return bytes.count
      } catch {
        failure = error
        return -1
      }
    }
  }

  private static func write(
    _ arrays: [(name: String, shape: [Int], bytes: Data)],
    _ output: Output
  ) throws {
    guard let archive = archive_write_new() else { throw fault("there is no memory for it") }
    defer { archive_write_free(archive) }
    func check(_ code: Int) throws(NumpyArray.Fault) {
      guard code < 0 else { return }
      throw fault(archive_error_string(archive).map { String(cString: $0) } ?? "it cannot be made")
    }
    try check(Int(archive_write_set_format_zip(archive)))
    try check(Int(archive_write_zip_set_compression_store(archive)))
    // The last block is not padded.
    try check(Int(archive_write_set_bytes_per_block(archive, 1 << 20)))
    try check(Int(archive_write_set_bytes_in_last_block(archive, 1)))
    let pointer = Unmanaged.passUnretained(output).toOpaque()
    let opened = archive_write_open(
      archive,
      pointer,
      nil,
      { _, output, bytes, count in
        guard let output else { return -1 }
        return Unmanaged<Output>.fromOpaque(output).takeUnretainedValue()
          .take(UnsafeRawBufferPointer(start: bytes, count: count))
      },
      nil
    )
    try check(Int(opened))
    for (name, shape, content) in arrays {
      let header = NumpyArray.header(ofFloats: shape)
      guard let entry = archive_entry_new() else { throw fault("there is no memory for it") }
      defer { archive_entry_free(entry) }
      archive_entry_set_pathname(entry, name + ".npy")
      archive_entry_set_size(entry, la_int64_t(header.count + content.count))
      archive_entry_set_filetype(entry, UInt32(Glibc.S_IFREG))
      archive_entry_set_perm(entry, 0o644)
      archive_entry_set_mtime(entry, 315_532_800, 0)
      try check(Int(archive_write_header(archive, entry)))
      try check(archive_write_data(archive, header, header.count))
      try content.withUnsafeBytes {
        try check(archive_write_data(archive, $0.baseAddress, $0.count))
      }
    }
    try check(Int(archive_write_close(archive)))
  }

  private static func fault(_ reason: String) -> NumpyArray.Fault {
    NumpyArray.Fault(file: "the archive", reason: reason, remedy: "write another kind of file")
  }
}
