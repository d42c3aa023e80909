import Foundation

/// The variables of a TensorFlow checkpoint: an index `NAME.index`, and shards `NAME.data-00000-of-00001`, ….
package enum TensorBundle {
  /// The maximum number of shards of a checkpoint.
  private static let mostShards = 4096

  /// The maximum number of variables of a checkpoint.
  private static let mostVariables = 100_000

  /// A variable's entry in the index.
  private struct Entry {
    var type: UInt64 = 0
    var shape: [Int] = []
    var shard = 0
    var offset = 0
    var size = 0
    var checksum: UInt32 = 0
    var hasSlices = false
  }

  /// Returns true if a checkpoint of that name exists.
  package static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path + ".index")
  }

  /// Reads all variables by name and verifies their checksums.
  ///
  /// - Parameters:
  ///   - path: the checkpoint's path, without `.index`.
  ///   - name: the checkpoint's name in errors.
  /// - Throws: `BundleError`.
  package static func read(path: String, name: String) throws(BundleError) -> TensorFile {
    let index = try bytes(path + ".index", name + ".index")
    var reading: Reading?
    do {
      try SortedTable.read(index) { key, value in
        if reading != nil {
          try reading?.add(key, value)
        } else if key.isEmpty, let shards = shards(value) {
          reading = Reading(path: path, name: name, shards: shards)
        } else {
          throw SortedTable.Fault("it has no header")
        }
      }
    } catch let error as SortedTable.Fault {
      throw BundleError(file: name + ".index", reason: error.reason)
    } catch let error as BundleError {
      throw error
    } catch {
      throw BundleError(file: name + ".index", reason: "\(error)")
    }
    guard let reading else { throw BundleError(file: name + ".index", reason: "it has no header") }
    return reading.file
  }

  /// The variables read so far.
  private struct Reading {
    let path: String
    let name: String
    let shards: Int
    private(set) var file = TensorFile()
    private var files: [Int: Data] = [:]
    /// The number of bytes of shards that no variable has claimed; variables do not overlap.
    private var room = 0

    init(path: String, name: String, shards: Int) {
      self.path = path
      self.name = name
      self.shards = shards
    }

    /// Reads the variable of an index entry.
    mutating func add(_ key: Data, _ value: Data) throws(BundleError) {
      guard let variable = String(validating: key, as: UTF8.self), let entry = entry(value) else {
        throw BundleError(file: name + ".index", reason: "the entry of a variable is damaged")
      }
      func fault(_ reason: String) -> BundleError {
        BundleError(file: name, reason: "the variable `\(variable)` \(reason)")
      }
      guard file.entries[variable] == nil else { throw fault("is there twice") }
      guard file.entries.count < mostVariables else {
        throw BundleError(file: name, reason: "it has more than \(mostVariables) variables")
      }
      guard entry.shard < shards else { throw fault("is in a file that is not there") }
      guard !entry.hasSlices else { throw fault("is kept in slices, which are not read") }
      guard let type = types[entry.type] else {
        throw fault("has a type that is not read (number \(entry.type))")
      }
      var count = type.size
      for extent in entry.shape {
        let (product, overflows) = count.multipliedReportingOverflow(by: extent)
        guard !overflows else { throw fault("has a shape that cannot be") }
        count = product
      }
      guard count == entry.size else {
        throw fault("has \(entry.size) bytes, where its shape needs \(count)")
      }
      if files[entry.shard] == nil {
        let ending = String(format: ".data-%05d-of-%05d", entry.shard, shards)
        let shard = try bytes(path + ending, name + ending)
        files[entry.shard] = shard
        room += shard.count
      }
      let shard = files[entry.shard] ?? Data()
      guard entry.offset <= shard.count, count <= shard.count - entry.offset else {
        throw fault("goes beyond the end of its file, which was cut off")
      }
      let first = shard.startIndex + entry.offset
      let content = shard[first..<first + count]
      guard Checksum.masked(content) == entry.checksum else { throw fault("is damaged") }
      room -= count
      guard room >= 0 else { throw fault("lies in the bytes of another one") }
      file.entries[variable] = TensorFile.Entry(
        type: type,
        shape: entry.shape,
        bytes: content
      )
    }
  }

  /// The element types by their TensorFlow numbers.
  private static let types: [UInt64: TensorFile.ElementType] = [
    1: .float32, 2: .float64, 3: .int32, 4: .uint8, 9: .int64, 19: .float16,
  ]

  private static func bytes(_ path: String, _ name: String) throws(BundleError) -> Data {
    guard FileManager.default.fileExists(atPath: path) else {
      throw BundleError(file: name, reason: "it is missing")
    }
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    } catch {
      throw BundleError(file: name, reason: "it cannot be read (\(error.localizedDescription))")
    }
  }

  /// Returns the header's number of shards; nil if the header is invalid or its data are not little-endian.
  private static func shards(_ header: Data) -> Int? {
    var scanner = ByteScanner(header)
    var shards = 0
    while !scanner.isAtEnd {
      guard let (number, value) = scanner.field() else { return nil }
      switch (number, value) {
      case (1, .number(let count)): shards = Int(exactly: count) ?? 0
      case (2, .number(let order)): guard order == 0 else { return nil }
      default: break
      }
    }
    return (1...mostShards).contains(shards) ? shards : nil
  }

  private static func entry(_ bytes: Data) -> Entry? {
    var scanner = ByteScanner(bytes)
    var entry = Entry()
    while !scanner.isAtEnd {
      guard let (number, value) = scanner.field() else { return nil }
      switch (number, value) {
      case (1, .number(let type)): entry.type = type
      case (2, .bytes(let bytes)):
        guard let shape = shape(bytes) else { return nil }
        entry.shape = shape
      case (3, .number(let shard)): entry.shard = Int(exactly: shard) ?? .max
      case (4, .number(let offset)): entry.offset = Int(exactly: offset) ?? .max
      case (5, .number(let size)): entry.size = Int(exactly: size) ?? .max
      case (6, .fixed32(let checksum)): entry.checksum = checksum
      case (7, _): entry.hasSlices = true
      default: break
      }
    }
    return entry
  }

  private static func shape(_ bytes: Data) -> [Int]? {
    var scanner = ByteScanner(bytes)
    var shape: [Int] = []
    while !scanner.isAtEnd {
      guard let (number, value) = scanner.field() else { return nil }
      guard number == 2, case .bytes(let dimension) = value else {
        // A variable with values has no shape of unknown rank.
        if number == 3 { return nil }
        continue
      }
      var inner = ByteScanner(dimension)
      var extent = 0
      while !inner.isAtEnd {
        guard let (number, value) = inner.field() else { return nil }
        if number == 1, case .number(let size) = value {
          guard let size = Int(exactly: size) else { return nil }
          extent = size
        }
      }
      shape.append(extent)
    }
    return shape
  }
}
