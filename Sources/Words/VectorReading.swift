import Files
import Synchronization
import Tensors
import Wording

/// One reading of a vector file; unreadable lines and words are skipped and reported.
struct VectorReading {
  let path: String
  let name: String
  let form: VectorForm
  /// The size of the vectors in bytes; nil if the file is compressed.
  let size: Int?

  /// Writes the quantised vectors of the file to a cache file.
  ///
  /// - Throws: `TextFileError` if there are none; `FileWriteError`; any error that `report` throws.
  func read(
    source: Digest,
    into stream: AtomicFileStream,
    _ report: (VectorFile.Report) throws -> Void
  ) throws {
    var writer = KeptVectors.Writer(stream: stream)
    let dimension: Int
    let promise: VectorForm.Promise?
    var remarks: LineRemarks
    var missing: [String] = []
    switch form {
    case .text(let size, let promised): (dimension, promise) = (size, promised)
    case .binary(let promised, _): (dimension, promise) = (promised.dimension, promised)
    }
    // A file that is too short can be reported before a long reading.
    if let promise, let size, size / leastBytes(promise.dimension) < promise.words {
      missing.append(
        "line 1 promises \(counted(promise.words, "word")) of \(counted(promise.dimension, "number")), for which "
          + "the file of \(counted(size, "byte")) is too short: it may be cut off"
      )
      try report(.remark(missing[0]))
    }
    if let promise, promise.dimension != dimension {
      missing.append(
        "line 1 promises \(counted(promise.dimension, "number")) for each word, where the lines have \(dimension)"
      )
      try report(.remark(missing[missing.count - 1]))
    }
    switch form {
    case .text: remarks = try readLines(dimension, promise != nil, &writer, report)
    case .binary(let promise, let start):
      remarks = try readBinary(promise, start, &writer, report)
    }
    guard writer.count > 0 else {
      let reason = remarks.texts.first ?? missing.first
      throw reason.map { TextFileError(name, "no vector can be read: \($0)", VectorForm.form) }
        ?? VectorForm.none(name)
    }
    if missing.isEmpty, let promise, promise.words != writer.count + remarks.skipped {
      remarks.miss(
        "line 1 promises \(counted(promise.words, "word")), the file holds \(writer.count + remarks.skipped)"
      )
    }
    try writer.finish(
      dimension: dimension,
      source: source,
      remarks: missing + remarks.texts
    )
    for text in remarks.texts { try report(.remark(text)) }
  }

  /// Returns the smallest number of bytes that a word and its vector take.
  private func leastBytes(_ dimension: Int) -> Int {
    switch form {
    case .text: 2 * dimension + 2
    case .binary: 4 * dimension + 2
    }
  }

  private func checkCount(_ writer: KeptVectors.Writer) throws(TextFileError) {
    guard writer.count <= VectorFile.mostWords else {
      throw TextFileError(name, "it has more than \(VectorFile.mostWords) words", "take fewer")
    }
  }

  // MARK: Lines

  /// The vectors read by one worker, or from one part of a file.
  private struct Block: Sendable {
    var words: [UInt8] = []
    var rows: [Int8] = []
    var steps: [Float] = []
    /// The lines that cannot be read, and why.
    var skipped: [(line: Int, fault: Fault)] = []
  }

  private enum Fault: Sendable {
    case notText, numbers, noWord

    func reason(_ dimension: Int) -> String {
      switch self {
      case .notText: TextLine.notText
      case .numbers:
        dimension == 1
          ? "there is no finite number at its end"
          : "there are not \(dimension) finite numbers at its end"
      case .noWord: "there is no word"
      }
    }
  }

  private func readLines(
    _ dimension: Int,
    _ hasHeader: Bool,
    _ writer: inout KeptVectors.Writer,
    _ report: (VectorFile.Report) throws -> Void
  ) throws -> LineRemarks {
    var remarks = LineRemarks()
    // Blank lines may precede the header, even filling a part on their own.
    var headerIsNext = hasHeader
    try TextReader(path: path, name: name).forEachPart { part, share in
      try report(.share(share))
      var lines: [TextLine] = []
      part.forEachLine { if !$0.isBlank { lines.append($0) } }
      if headerIsNext, !lines.isEmpty {
        lines.removeFirst()
        headerIsNext = false
      }
      for block in Self.blocks(lines, dimension) {
        for (line, fault) in block.skipped { remarks.skip(line, fault.reason(dimension)) }
        try writer.add(words: block.words, rows: block.rows, steps: block.steps)
      }
      try checkCount(writer)
    }
    return remarks
  }

  /// Returns the vectors of lines, one block per worker.
  private static func blocks(_ lines: [TextLine], _ dimension: Int) -> [Block] {
    let parts = 8
    let results = Mutex([Block](repeating: Block(), count: parts))
    nonisolated(unsafe) let lines = lines
    WorkerPool.shared.run(parts: parts) { part in
      var block = Block()
      var values = [Float](repeating: 0, count: dimension)
      var row = [Int8](repeating: 0, count: dimension)
      for line in lines[lines.count * part / parts..<lines.count * (part + 1) / parts] {
        guard let base = line.bytes.baseAddress else { continue }
        guard line.isText else {
          block.skipped.append((line.number, .notText))
          continue
        }
        var (start, length) = (0, 0)
        let fault = rse_vector_line(
          base.assumingMemoryBound(to: UInt8.self),
          line.bytes.count,
          dimension,
          &values,
          &start,
          &length
        )
        guard fault == RSE_VECTOR_WHOLE else {
          block.skipped.append((line.number, fault == RSE_VECTOR_NUMBERS ? .numbers : .noWord))
          continue
        }
        block.words.append(contentsOf: line.bytes[start..<start + length])
        block.words.append(UInt8(ascii: "\n"))
        block.steps.append(rse_quantise_row(dimension, values, &row))
        block.rows.append(contentsOf: row)
      }
      results.withLock { $0[part] = block }
    }
    return results.withLock { $0 }
  }

  // MARK: Binary

  /// The longest word that is accepted, in bytes.
  private static let longestWord = 1 << 12

  private func readBinary(
    _ promise: VectorForm.Promise,
    _ start: Int,
    _ writer: inout KeptVectors.Writer,
    _ report: (VectorFile.Report) throws -> Void
  ) throws -> LineRemarks {
    var remarks = LineRemarks(unit: "word")
    var file = try UnpackedFile(path: path, name: name)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 22, alignment: 16)
    defer { block.deallocate() }
    var part: [UInt8] = []
    var skipped = start
    var number = 0
    while number < promise.words {
      let count = try file.read(into: block)
      guard count > 0 else { break }
      try report(.share(file.share))
      part.append(contentsOf: block[..<count])
      var read = Block()
      let used = try part.withUnsafeBytes { bytes in
        var rest = bytes[min(skipped, bytes.count)...]
        while number < promise.words, let entry = try next(in: &rest, promise.dimension) {
          number += 1
          if let reason = entry.fault {
            remarks.skip(number, reason)
          } else {
            read.words += entry.word
            read.rows += entry.row
            read.steps.append(entry.step)
          }
        }
        return rest.startIndex
      }
      try writer.add(words: read.words, rows: read.rows, steps: read.steps)
      try checkCount(writer)
      part.removeFirst(used)
      skipped = 0
    }
    return remarks
  }

  /// A word of the binary form with its vector.
  private struct Entry {
    var word: [UInt8]
    var row: [Int8]
    var step: Float
    var fault: String?
  }

  /// Reads the next word; returns nil if its bytes are incomplete.
  private func next(
    in rest: inout Slice<UnsafeRawBufferPointer>,
    _ dimension: Int
  ) throws(TextFileError) -> Entry? {
    // Some writers end each vector with a line feed.
    let begin = rest.firstIndex { $0 != UInt8(ascii: "\n") } ?? rest.endIndex
    guard let blank = rest[begin...].firstIndex(of: UInt8(ascii: " ")) else {
      guard rest.endIndex - begin <= Self.longestWord else {
        throw TextFileError(
          name,
          "a word is longer than \(Self.longestWord) bytes",
          "the file may be damaged: get it again"
        )
      }
      return nil
    }
    let end = blank + 1 + 4 * dimension
    guard end <= rest.endIndex else { return nil }
    let word = rest[begin..<blank]
    let values = (0..<dimension).map { index in
      Float(
        bitPattern: UInt32(
          littleEndian: rest.base.loadUnaligned(
            fromByteOffset: blank + 1 + 4 * index,
            as: UInt32.self
          )
        )
      )
    }
    rest = rest[end...]
    var entry = Entry(word: Array(word) + [UInt8(ascii: "\n")], row: [], step: 0)
    let isText = UnsafeRawBufferPointer(rebasing: word).isText && !word.contains(0x0A)
    entry.fault =
      !isText
      ? TextLine.notText
      : word.isEmpty
        ? "there is no word" : values.allSatisfy(\.isFinite) ? nil : "its numbers are not finite"
    entry.row = [Int8](repeating: 0, count: dimension)
    if entry.fault == nil { entry.step = rse_quantise_row(dimension, values, &entry.row) }
    return entry
  }
}
