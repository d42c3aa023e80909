import Files
import Tensors

/// The form in which a file stores words and their vectors, inferred from its first bytes.
enum VectorForm: Equatable {
  /// One line per word: the word and its numbers, separated by whitespace.
  ///
  /// - Parameters:
  ///   - dimension: the number of values per vector.
  ///   - promised: the counts in the first line, if the file has the first line of word2vec and fastText.
  case text(dimension: Int, promised: Promise?)
  /// The binary form of word2vec: the first line of the text form; then, for each word, its bytes, a space, and its
  /// numbers as little-endian 32-bit floats.
  case binary(Promise, start: Int)

  /// The counts that a first line states.
  struct Promise: Equatable {
    let words: Int
    let dimension: Int
  }

  /// The number of bytes that are examined.
  static let beginning = 1 << 20
  /// The number of lines among them that determine the dimension.
  private static let lines = 100
  /// The bytes that end a line.
  private static let ends = [UInt8(ascii: "\n"), UInt8(ascii: "\r")]
  /// The bound on the length of a first line that states the counts, in bytes.
  private static let longestHeader = 64
  /// The description of the lines of the text form.
  static let form = "each line is a word and its numbers, parted by blanks"

  /// - Parameters:
  ///   - head: the first `beginning` bytes of the file, or all of them.
  ///   - name: the name of the file in errors.
  /// - Throws: `TextFileError` if there is no vector in them.
  init(_ head: [UInt8], name: String) throws(TextFileError) {
    if let kind = OtherKind(head) { throw TextFileError(name, kind.reason, kind.remedy) }
    try Self.refuseOthers(head, name)
    let marked = head.starts(with: TextLine.mark) ? head[TextLine.mark.count...] : head[...]
    // Leading blank lines carry no information.
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

  /// Returns the error for a file without vectors.
  static func none(_ name: String) -> TextFileError {
    TextFileError(name, "there is no vector in it", form)
  }

  /// Returns the counts of words and numbers in a first line that has nothing else.
  private static func promise(_ text: ArraySlice<UInt8>) -> Promise? {
    let line = text.prefix(longestHeader).prefix { !ends.contains($0) }
    let numbers = String(decoding: line, as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).map { Int($0) }
    guard line.count < longestHeader, numbers.count == 2, let words = numbers[0],
      let dimension = numbers[1], words >= 0, dimension > 0, max(words, dimension) < 1 << 31
    else { return nil }
    return Promise(words: words, dimension: dimension)
  }

  /// Returns true if the bytes are not text: they have control characters, which soon occur in floats, or they are not
  /// valid UTF-8 and none of the lines examined ends with a number.
  private static func isBinary(_ bytes: ArraySlice<UInt8>, hasNumbers: Bool) -> Bool {
    let hasControls = bytes.prefix(1 << 12).contains { $0 < 0x20 && !(0x09...0x0D).contains($0) }
    return hasControls || !hasNumbers && !bytes.withUnsafeBytes(\.isText)
  }

  /// Returns the most common count of numbers at the end of the first lines; ties go to the promised count.
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

  /// Rejects files of other programs, and says what they are.
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
