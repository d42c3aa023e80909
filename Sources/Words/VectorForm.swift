import Files
import Tensors

/// In which form a file holds words and their vectors, found out from its first bytes.
enum VectorForm: Equatable {
  /// A line for each word: the word and its numbers, parted by blanks.
  ///
  /// - Parameters:
  ///   - dimension: the numbers of a vector.
  ///   - promised: what the first line says, where it is the one of word2vec and fastText.
  case text(dimension: Int, promised: Promise?)
  /// The binary form of word2vec: the first line of the text form; then for each word its bytes, a blank, and its
  /// numbers as 32-bit floats, the lowest byte first.
  case binary(Promise, start: Int)

  /// What a first line tells.
  struct Promise: Equatable {
    let words: Int
    let dimension: Int
  }

  /// So many bytes are looked at.
  static let beginning = 1 << 20
  /// The lines of them that decide about the number of numbers.
  private static let lines = 100
  /// What lines end with.
  private static let ends = [UInt8(ascii: "\n"), UInt8(ascii: "\r")]
  /// A first line that tells how many words and numbers there are is not longer.
  private static let longestHeader = 64
  /// What the lines of the text form are.
  static let form = "each line is a word and its numbers, parted by blanks"

  /// - Parameters:
  ///   - head: the first bytes of the file, `beginning` of them or all.
  ///   - name: what errors call it.
  /// - Throws: `TextFileError` where there is no vector in them.
  init(_ head: [UInt8], name: String) throws(TextFileError) {
    if let kind = OtherKind(head) { throw TextFileError(name, kind.reason, kind.remedy) }
    try Self.refuseOthers(head, name)
    let marked = head.starts(with: TextLine.mark) ? head[TextLine.mark.count...] : head[...]
    // Blank lines before the first one say nothing.
    let text = marked.drop { Self.ends.contains($0) }
    let promise = Self.promise(text)
    let dimension = Self.dimension(text, promise)
    if let promise, let end = text.firstIndex(of: UInt8(ascii: "\n")),
      Self.isBinary(text[(end + 1)...], hasNumbers: dimension != nil)
    {
      guard promise.dimension <= VectorFile.longestVector else { throw Self.none(name) }
      self = .binary(promise, start: end + 1)
      return
    }
    guard let dimension, dimension <= VectorFile.longestVector else { throw Self.none(name) }
    self = .text(dimension: dimension, promised: promise)
  }

  /// The error for a file without vectors.
  static func none(_ name: String) -> TextFileError {
    TextFileError(name, "there is no vector in it", form)
  }

  /// The counts of words and numbers in a first line that has nothing else.
  private static func promise(_ text: ArraySlice<UInt8>) -> Promise? {
    let line = text.prefix(longestHeader).prefix { !ends.contains($0) }
    let numbers = String(decoding: line, as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).map { Int($0) }
    guard line.count < longestHeader, numbers.count == 2, let words = numbers[0],
      let dimension = numbers[1], words >= 0, dimension > 0, max(words, dimension) < 1 << 31
    else { return nil }
    return Promise(words: words, dimension: dimension)
  }

  /// Whether bytes are no text: signs that none has, which floats have soon, or lines that are neither UTF-8 nor end with
  /// a number.
  private static func isBinary(_ bytes: ArraySlice<UInt8>, hasNumbers: Bool) -> Bool {
    let hasControls = bytes.prefix(1 << 12).contains { $0 < 0x20 && !(0x09...0x0D).contains($0) }
    return hasControls || !hasNumbers && !bytes.withUnsafeBytes(\.isText)
  }

  /// The number of numbers that most of the first lines end with, of equals the one that was promised.
  private static func dimension(_ text: ArraySlice<UInt8>, _ promise: Promise?) -> Int? {
    let skipped = promise == nil ? 0 : 1
    var counts: [Int: Int] = [:]
    var seen = 0
    text.withUnsafeBytes { bytes in
      bytes.forEachLine(endingWith: bytes.lineEnd) { line in
        seen += 1
        guard seen > skipped, seen <= lines + skipped, let base = line.baseAddress else { return }
        let size = rse_vector_size(base.assumingMemoryBound(to: UInt8.self), line.count)
        if size > 0 { counts[size, default: 0] += 1 }
      }
    }
    func rank(_ size: Int, _ votes: Int) -> (Int, Int, Int) {
      (votes, size == promise?.dimension ? 1 : 0, -size)
    }
    return counts.max { rank($0.key, $0.value) < rank($1.key, $1.value) }?.key
  }

  /// Names files of other programs for what they are.
  private static func refuseOthers(_ head: [UInt8], _ name: String) throws(TextFileError) {
    let others: [(start: [UInt8], what: String, remedy: String)] = [
      (
        [0xBA, 0x16, 0x4F, 0x2F], "this is a model of fastText (.bin)",
        "name the file of its vectors, which ends in .vec; `fasttext print-word-vectors` writes others"
      ),
      (
        [0x80], "this is a pickle of Python, such as gensim's KeyedVectors",
        "write its vectors by gensim's `save_word2vec_format`"
      ),
      ([0x93, 0x4E, 0x55, 0x4D], "this is an array of NumPy, without words", Self.form),
    ]
    if let other = others.first(where: { head.starts(with: $0.start) }) {
      throw TextFileError(name, other.what, other.remedy)
    }
  }
}
