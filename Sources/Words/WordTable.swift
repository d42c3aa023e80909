import Tensors

/// Distinct words, numbered from 0 in the order in which they were added, and the number of occurrences of each.
///
/// A table is filled by one owner, and shared once nothing more is added.
package final class WordTable: @unchecked Sendable {
  private let words: OpaquePointer
  /// The number that stands for a word that is not in the table.
  package static let missing = UInt32.max

  package init() {
    guard let words = rse_words_make() else { preconditionFailure("no memory for words") }
    self.words = words
  }

  deinit { rse_words_free(words) }

  /// The number of words.
  package var count: Int { rse_words_count(words) }

  /// Returns the number of a word; nil if it is not in the table.
  package func number(of word: some StringProtocol) -> UInt32? {
    var word = String(word)
    let number = word.withUTF8 { self.number(of: UnsafeRawBufferPointer($0)) }
    return number == Self.missing ? nil : number
  }

  /// Returns the number of a word, or `missing`.
  package func number(of word: UnsafeRawBufferPointer) -> UInt32 {
    guard let bytes = word.baseAddress else { return Self.missing }
    return rse_words_find(words, bytes.assumingMemoryBound(to: UInt8.self), word.count)
  }

  /// Adds a word, or further occurrences of a known one; returns its number.
  @discardableResult
  package func add(_ word: UnsafeRawBufferPointer, occurrences: Int = 1) -> UInt32 {
    guard let bytes = word.baseAddress else { return Self.missing }
    let number = rse_words_add(
      words,
      bytes.assumingMemoryBound(to: UInt8.self),
      word.count,
      UInt64(occurrences)
    )
    precondition(number != Self.missing, "no memory for words")
    return number
  }

  /// Adds a word, or further occurrences of a known one; returns its number.
  @discardableResult
  package func add(_ word: some StringProtocol, occurrences: Int = 1) -> UInt32 {
    var word = String(word)
    return word.withUTF8 { add(UnsafeRawBufferPointer($0), occurrences: occurrences) }
  }

  /// Adds the words of a text, which are separated by whitespace, and appends their numbers.
  package func add(text: UnsafeRawBufferPointer, to numbers: inout [UInt32]) {
    guard let bytes = text.baseAddress, text.count > 0 else { return }
    let room = (text.count + 1) / 2
    let found = [UInt32](unsafeUninitializedCapacity: room) { buffer, count in
      guard let out = buffer.baseAddress else { return }
      count = rse_words_read(
        words,
        bytes.assumingMemoryBound(to: UInt8.self),
        text.count,
        true,
        out
      )
      precondition(count <= room, "no memory for words")
    }
    numbers += found
  }

  /// Returns the word with a number.
  package func word(_ number: UInt32) -> String {
    String(decoding: bytes(of: number), as: UTF8.self)
  }

  /// Returns the bytes of the word with a number, valid until another word is added.
  package func bytes(of number: UInt32) -> UnsafeRawBufferPointer {
    precondition(number < count, "a word of the table")
    var length = 0
    let bytes = rse_words_bytes(words, number, &length)
    return UnsafeRawBufferPointer(start: bytes, count: length)
  }

  /// Returns the number of occurrences of the word with a number.
  package func occurrences(of number: UInt32) -> Int {
    Int(rse_words_occurrences(words, number))
  }
}
