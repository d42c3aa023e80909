import Files
import Foundation

/// A file of quantised vectors: the rows, one byte per value; the steps of the rows; the words, one per line; the
/// remarks on the reading, one per line; a trailer with the counts and the digest of the source.
struct KeptVectors {
  /// The identifier of the layout; files with another one are made again.
  private static let kind = Digest(of: "rse vectors 2").low
  private static let trailerWords = 8

  let dimension: Int
  private let count: Int
  private let file: Data
  private let steps: Range<Int>
  private let words: Range<Int>
  /// The remarks on parts that were skipped when the source was read.
  let remarks: [String]

  /// Opens the file at `path`; returns nil unless there is an intact one that belongs to `source`.
  init?(path: String, source: Digest) {
    guard let file = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped),
      file.count >= 8 * Self.trailerWords
    else { return nil }
    let end = file.count - 8 * Self.trailerWords
    let trailer = file.withUnsafeBytes { bytes in
      (0..<Self.trailerWords).map {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: end + 8 * $0, as: UInt64.self))
      }
    }
    guard trailer[0] == Self.kind, trailer[1] == source.high, trailer[2] == source.low,
      let count = Int(exactly: trailer[3]), let dimension = Int(exactly: trailer[4]),
      let size = Int(exactly: trailer[5]), let remarkSize = Int(exactly: trailer[6]),
      count <= VectorFile.mostWords, dimension <= VectorFile.longestVector, size <= end,
      remarkSize <= end, count * dimension + 4 * count + size + remarkSize == end
    else { return nil }
    var stream = DigestStream()
    file.withUnsafeBytes { stream.update(UnsafeRawBufferPointer(rebasing: $0[..<end])) }
    guard stream.digest.low == trailer[7] else { return nil }
    self.file = file
    self.count = count
    self.dimension = dimension
    steps = count * dimension..<count * dimension + 4 * count
    words = steps.upperBound..<end - remarkSize
    remarks = String(
      decoding: file[(file.startIndex + end - remarkSize)..<(file.startIndex + end)],
      as: UTF8.self
    )
    .split(separator: "\n").map(String.init)
  }

  /// Calls `body` with each word, in order.
  func forEachWord(_ body: (Int, UnsafeRawBufferPointer) -> Void) {
    file.withUnsafeBytes { bytes in
      var number = 0
      UnsafeRawBufferPointer(rebasing: bytes[words]).forEachLine { word in
        body(number, word)
        number += 1
      }
    }
  }

  /// Returns the row of a word.
  func row(_ number: Int) -> [Int8] {
    file.withUnsafeBytes { bytes in
      bytes[number * dimension..<(number + 1) * dimension].map { Int8(bitPattern: $0) }
    }
  }

  /// Returns the step of a word's row: the value of one quantisation level.
  func step(_ number: Int) -> Float {
    file.withUnsafeBytes { bytes in
      let bits = bytes.loadUnaligned(fromByteOffset: steps.lowerBound + 4 * number, as: UInt32.self)
      return Float(bitPattern: UInt32(littleEndian: bits))
    }
  }

  /// Writes such a file as vectors arrive.
  struct Writer {
    private let stream: AtomicFileStream
    private var content = Content()
    private(set) var count = 0

    /// The content that follows the rows, and the digest of the bytes written.
    private final class Content {
      var steps: [Float] = []
      var words: [UInt8] = []
      var digest = DigestStream()
    }

    init(stream: AtomicFileStream) { self.stream = stream }

    mutating func add(words: [UInt8], rows: [Int8], steps: [Float]) throws(FileWriteError) {
      content.words += words
      content.steps += steps
      count += steps.count
      try write(rows.map { UInt8(bitPattern: $0) })
    }

    private func write(_ bytes: [UInt8]) throws(FileWriteError) {
      bytes.withUnsafeBytes { content.digest.update($0) }
      try stream.write(bytes)
    }

    func finish(
      dimension: Int,
      source: Digest,
      remarks: [String]
    ) throws(FileWriteError) {
      let remarks = Array(remarks.map { $0 + "\n" }.joined().utf8)
      try write(content.steps.flatMap { $0.bitPattern.littleEndianBytes })
      try write(content.words)
      try write(remarks)
      let trailer = [
        KeptVectors.kind, source.high, source.low, UInt64(count), UInt64(dimension),
        UInt64(content.words.count), UInt64(remarks.count), content.digest.digest.low,
      ]
      try stream.write(trailer.flatMap(\.littleEndianBytes))
    }
  }
}

extension FixedWidthInteger {
  /// The bytes of a number, lowest first.
  fileprivate var littleEndianBytes: [UInt8] {
    withUnsafeBytes(of: littleEndian) { Array($0) }
  }
}
