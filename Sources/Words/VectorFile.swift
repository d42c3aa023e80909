import Files
import Foundation

/// Vectors of words: the text form of word2vec and fastText, a line `COUNT DIMENSION`, then a word and its numbers on
/// each line; that of GloVe, which lacks the first line; or the binary form of word2vec.
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

  /// Where the reading is.
  package enum Report {
    /// The share that was read.
    case share(Double)
    /// What was skipped, or is missing.
    case remark(String)
  }

  /// A vocabulary of the first words of the file, and of those that a table has, with their vectors.
  ///
  /// - Parameters:
  ///   - first: how many words are taken in any case.
  ///   - wanted: further words that are taken.
  ///   - report: told how far the reading is, and what was skipped; what it throws ends the reading.
  /// - Throws: `TextFileError`; what `report` throws.
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
      // Of a word that is there twice the first vector counts.
      guard words.add(word) == UInt32(steps.count) else { return }
      steps.append(kept.step(number))
      rows.append(contentsOf: kept.row(number))
    }
    let vectors = WordVectors(dimension: kept.dimension, rows: rows, steps: steps)
    return Vocabulary(words: words, vectors: vectors.normalised)
  }

  /// The vectors from the cache, or newly read.
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
