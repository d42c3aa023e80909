import Files
import Foundation
import Synchronization
import Tensors

/// Vectors of words in the text form of word2vec and fastText: a line `COUNT DIMENSION`, then a word and its numbers
/// on each line; files of GloVe have no first line.
///
/// A file is read once: its vectors, rounded to a byte a value, are kept in a cache by the digest of the file, which
/// is mapped the next time.
package struct VectorFile {
  /// The longest vectors, and the most words.
  package static let longestVector = 4096
  package static let mostWords = 10_000_000

  private let path: String
  private let name: String

  /// - Parameters:
  ///   - path: of the file.
  ///   - name: what errors call it.
  package init(path: String, name: String) {
    self.path = path
    self.name = name
  }

  /// A vocabulary of the first words of the file, and of those that a table has, with their vectors.
  ///
  /// - Parameters:
  ///   - first: how many words are taken in any case.
  ///   - wanted: further words that are taken.
  ///   - progress: told the share that was read; what it throws ends the reading.
  /// - Throws: `TextFileError`; what `progress` throws.
  package func vocabulary(
    first: Int,
    wanted: WordTable,
    cache: CacheFolder,
    progress: (Double) throws -> Void
  ) throws -> Vocabulary {
    let kept = try kept(cache, progress)
    let words = WordTable()
    var rows: [Int8] = []
    var steps: [Float] = []
    kept.forEachWord { number, word in
      guard number < first || wanted.number(of: word) != WordTable.missing else { return }
      // Of a word that is there twice the first vector counts.
      guard words.add(word) == UInt32(steps.count) else { return }
      steps.append(kept.step(number))
      rows.append(contentsOf: kept.row(number))
    }
    guard !steps.isEmpty else { throw empty }
    let vectors = WordVectors(dimension: kept.dimension, rows: rows, steps: steps)
    return Vocabulary(words: words, vectors: vectors.normalised)
  }

  private var empty: TextFileError {
    TextFileError(name, "there is no vector in it", Self.form)
  }

  /// A first line that tells how many words and numbers there are is not longer.
  private static let longestHeader = 64
  private static let form = "each line is a word and its numbers, parted by blanks"

  /// The vectors from the cache, or newly read.
  private func kept(
    _ cache: CacheFolder,
    _ progress: (Double) throws -> Void
  ) throws -> KeptVectors {
    guard try TextReader(path: path, name: name).size > 0 else { throw empty }
    let digest: Digest
    do {
      digest = try cache.digest(path: path) { try progress(0) }
    } catch let error as FileReadError {
      throw TextFileError(name, error.reason, error.remedy)
    }
    let file = cache.path(of: "\(digest.hex).vectors") ?? temporaryPath(digest)
    if let kept = KeptVectors(path: file, source: digest) { return kept }
    do {
      try AtomicFile.write(to: file) { stream in
        try read(source: digest, into: stream, progress)
      }
    } catch let error as FileWriteError {
      throw TextFileError(
        error.path,
        "the vectors cannot be kept (\(error.description))",
        "make room, or name another folder with XDG_CACHE_HOME"
      )
    }
    cache.save()
    guard let kept = KeptVectors(path: file, source: digest) else {
      throw TextFileError(name, "what was kept of it cannot be read", "try again")
    }
    return kept
  }

  private func temporaryPath(_ digest: Digest) -> String {
    NSTemporaryDirectory() + "/\(digest.hex).vectors"
  }

  // MARK: Reading

  /// Lines that are read by one worker.
  private struct Block: Sendable {
    var words: [UInt8] = []
    var rows: [Int8] = []
    var steps: [Float] = []
    /// The first line that cannot be read, from 0 in the block, and what is wrong with it.
    var fault: (line: Int, reason: String)?
  }

  private func read(
    source: Digest,
    into stream: AtomicFileStream,
    _ progress: (Double) throws -> Void
  ) throws {
    var writer = KeptVectors.Writer(stream: stream)
    var dimension: Int?
    var promised: Int?
    var line = 0
    try TextReader(path: path, name: name).forEachPart { part, _, share in
      try progress(share)
      var lines = Self.lines(of: part)
      if line == 0, let first = lines.first {
        let header = String(decoding: first.prefix(Self.longestHeader), as: UTF8.self)
          .split(separator: " ").map { Int($0) }
        if header.count == 2, let count = header[0], let size = header[1] {
          (promised, dimension) = (count, size)
          lines.removeFirst()
          line = 1
        } else {
          var length = 0
          dimension = Self.numbers(in: first, into: nil, 0, &length)
        }
        guard let dimension, dimension > 0, dimension <= Self.longestVector else {
          throw TextFileError(name, place: "line 1", "there is no vector in it", Self.form)
        }
      }
      guard let dimension else { return }
      let blocks = Self.blocks(lines, dimension)
      for block in blocks {
        if let fault = block.fault {
          throw TextFileError(
            name,
            place: "line \(line + fault.line + 1)",
            fault.reason,
            "the file may be cut off or of another kind: \(Self.form)"
          )
        }
        line += block.steps.count
        try writer.add(words: block.words, rows: block.rows, steps: block.steps)
      }
      guard writer.count <= Self.mostWords else {
        throw TextFileError(name, "it has more than \(Self.mostWords) words", "take fewer")
      }
    }
    if let promised, promised != writer.count {
      throw TextFileError(
        name,
        place: "line 1",
        "it promises \(promised) words and holds \(writer.count)",
        "the file may be cut off: fetch it again, or mend its first line"
      )
    }
    try writer.finish(dimension: dimension ?? 0, source: source)
  }

  /// The lines of a part without their ends.
  private static func lines(of part: UnsafeRawBufferPointer) -> [UnsafeRawBufferPointer] {
    var lines: [UnsafeRawBufferPointer] = []
    part.forEachLine { lines.append($0) }
    return lines
  }

  /// How many numbers stand behind the word of a line; nil where something is no number.
  private static func numbers(
    in line: UnsafeRawBufferPointer,
    into out: UnsafeMutablePointer<Float>?,
    _ dimension: Int,
    _ wordLength: inout Int
  ) -> Int? {
    guard let base = line.baseAddress else { return 0 }
    let count = rse_vector_line(
      base.assumingMemoryBound(to: UInt8.self),
      line.count,
      dimension,
      out,
      &wordLength
    )
    return count == Int.max || count < 0 ? nil : count
  }

  /// Lines in one block for each worker.
  private static func blocks(_ lines: [UnsafeRawBufferPointer], _ dimension: Int) -> [Block] {
    let parts = 8
    let results = Mutex([Block](repeating: Block(), count: parts))
    nonisolated(unsafe) let lines = lines
    WorkerPool.shared.run(parts: parts) { part in
      let own = lines.count * part / parts..<lines.count * (part + 1) / parts
      var block = Block()
      var values = [Float](repeating: 0, count: dimension)
      var row = [Int8](repeating: 0, count: dimension)
      for (index, line) in lines[own].enumerated() {
        var length = 0
        guard let count = numbers(in: line, into: &values, dimension, &length) else {
          block.fault = (own.lowerBound + index, "something in it is no finite number")
          break
        }
        guard count == dimension, length > 0 else {
          let reason = "it has \(count) numbers, where the others have \(dimension)"
          block.fault = (own.lowerBound + index, reason)
          break
        }
        block.words.append(contentsOf: line[..<length])
        block.words.append(UInt8(ascii: "\n"))
        block.steps.append(rse_quantise_row(dimension, values, &row))
        block.rows.append(contentsOf: row)
      }
      results.withLock { $0[part] = block }
    }
    // Faults count lines of the part, the others are counted as they are added.
    var before = 0
    return results.withLock { blocks in
      blocks.map { block in
        var block = block
        if let fault = block.fault { block.fault = (fault.line - before, fault.reason) }
        before += block.steps.count
        return block
      }
    }
  }
}
