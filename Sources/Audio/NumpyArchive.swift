import CArchive
import Foundation

/// The arrays of a NumPy `.npz` archive, a zip archive of `.npy` files.
package enum NumpyArchive {
  /// Arrays of an archive at most.
  private static let mostArrays = 100_000

  /// The longest header of an array, in bytes, and the widest element.
  private static let longestHeader = 1 << 16
  private static let widest = 16

  /// All arrays under their names, in the order in which they lie there; other files are passed over.
  ///
  /// - Parameters:
  ///   - path: of the archive.
  ///   - name: what errors call it.
  ///   - size: tells how many elements an array of a name may have, so that no more is unpacked.
  /// - Throws: `NumpyArray.Fault`, `AudioError`; what `size` throws.
  package static func read(
    path: String,
    name: String,
    size: (String) throws -> Int
  ) throws -> [(name: String, array: NumpyArray)] {
    var arrays: [(name: String, array: NumpyArray)] = []
    try RecordingArchive(path: path).forEachMember { member in
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

  /// An archive of arrays of 32-bit floats, which are not packed; equal arrays give equal bytes.
  package static func encoded(
    _ arrays: [(name: String, shape: [Int], values: [Float])]
  ) throws(NumpyArray.Fault) -> [UInt8] {
    let files = arrays.map { name, shape, values in
      let numbers = values.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian) { Array($0) } }
      return (name: name + ".npy", bytes: NumpyArray.header(ofFloats: shape) + numbers)
    }
    // Two headers of a file with its name, and the end of the archive.
    let room = files.reduce(1024) { $0 + $1.bytes.count + 2 * $1.name.utf8.count + 512 }
    var out = [UInt8](repeating: 0, count: room)
    var used = 0
    guard let archive = archive_write_new() else { throw fault("there is no memory for it") }
    defer { archive_write_free(archive) }
    func check(_ code: Int) throws(NumpyArray.Fault) {
      guard code < 0 else { return }
      throw fault(archive_error_string(archive).map { String(cString: $0) } ?? "it cannot be made")
    }
    try check(Int(archive_write_set_format_zip(archive)))
    try check(Int(archive_write_zip_set_compression_store(archive)))
    let result = out.withUnsafeMutableBytes { out -> Result<Void, NumpyArray.Fault> in
      Result { () throws(NumpyArray.Fault) in
        try check(Int(archive_write_open_memory(archive, out.baseAddress, out.count, &used)))
        for (name, bytes) in files {
          guard let entry = archive_entry_new() else { throw fault("there is no memory for it") }
          defer { archive_entry_free(entry) }
          archive_entry_set_pathname(entry, name)
          archive_entry_set_size(entry, la_int64_t(bytes.count))
          archive_entry_set_filetype(entry, UInt32(Foundation.S_IFREG))
          archive_entry_set_perm(entry, 0o644)
          archive_entry_set_mtime(entry, 315_532_800, 0)
          try check(Int(archive_write_header(archive, entry)))
          try check(archive_write_data(archive, bytes, bytes.count))
        }
        try check(Int(archive_write_close(archive)))
      }
    }
    try result.get()
    return Array(out[..<used])
  }

  private static func fault(_ reason: String) -> NumpyArray.Fault {
    NumpyArray.Fault(file: "the archive", reason: reason, remedy: "write another kind of file")
  }
}
