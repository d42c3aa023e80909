import Files
import Foundation

/// A file of word vectors: the text form of word2vec and fastText, which is a line `COUNT DIMENSION`, then a word and
/// its numbers on each line; the form of GloVe, which lacks the first line; or the binary form of word2vec.
///
/// A file is read once: its vectors, quantised to one byte per value, are cached under the file's digest, and the
/// cached file is mapped the next time.
package struct VectorFile {
  /// The largest dimension, and the largest number of words, that are accepted.
  package static let longestVector = 4096
  package static let mostWords = 10_000_000

  private let path: String
  private let name: String

  /// - Parameters:
  ///   - path: the path of the file.
  ///   - name: the name of the file in errors.
  package init(path: String, name: String) {
    self.path = path
    self.name = name
  }

  /// A report during the reading.
  package enum Report {
    /// The share of the file that has been read.
    case share(Double)
    /// A remark on something skipped or missing.
    case remark(String)
  }

  /// Returns a vocabulary of the first words of the file and of those in a table, with their vectors.
  ///
  /// - Parameters:
  ///   - first: the number of words that are always taken.
  ///   - wanted: further words to take.
  ///   - report: receives progress and remarks; if it throws, the reading ends.
  /// - Throws: `TextFileError`; any error that `report` throws.
  package func vocabulary(
    first: Int,
    wanted: WordTable,
    cache: CacheFolder,
    report: (Report) throws -> Void
  ) throws -> Vocabulary {
    let kept = try kept(cache, report)
    let words = WordTable()
    var rows: [Int8] = []
    var steps: [Float] = []
    kept.forEachWord { number, word in
      guard number < first || wanted.number(of: word) != WordTable.missing else { return }
      // If a word occurs twice, the first vector counts.
      guard words.add(word) == UInt32(steps.count) else { return }
      steps.append(kept.step(number))
      rows.append(contentsOf: kept.row(number))
    }
    let vectors = WordVectors(dimension: kept.dimension, rows: rows, steps: steps)
    return Vocabulary(words: words, vectors: vectors.normalised)
  }

  /// Returns the vectors from the cache, or reads them.
  private func kept(
    _ cache: CacheFolder,
    _ report: (Report) throws -> Void
  ) throws -> KeptVectors {
    let (head, size, isPlain) = try UnpackedFile.beginning(
      ofFile: path,
      name: name,
      count: VectorForm.beginning
    )
    let form = try VectorForm(head, name: name)
    let digest: Digest
    do {
      digest = try cache.digest(path: path) { try report(.share(0)) }
    } catch let error as FileReadError {
      throw TextFileError(name, error.reason, error.remedy)
    }
    let file = cache.path(of: "\(digest.hex).vectors") ?? temporaryPath(digest)
    if let kept = KeptVectors(path: file, source: digest) {
      for remark in kept.remarks { try report(.remark(remark)) }
      return kept
    }
    do {
      try AtomicFile.write(to: file) { stream in
        try VectorReading(path: path, name: name, form: form, size: isPlain ? size : nil)
          .read(source: digest, into: stream, report)
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
}
