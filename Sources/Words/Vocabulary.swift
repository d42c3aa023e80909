import Files
import Foundation

/// The words that a network knows by number, with their vectors if they are not learned.
///
/// Numbers 0 … 3 are not words: the blank, unknown words, a number that is never read (the reference code marks answers
/// with it), and the mask in place of the word to predict. The words follow, the most frequent first.
package struct Vocabulary: Sendable {
  /// The names of the numbers that are not words, as in the reference code's files.
  package static let special = ["C_PAD", "C_UNK", "C_SEL", "C_MASK"]
  package static let blank: Int32 = 0
  package static let unknown: Int32 = 1
  package static let mask: Int32 = 3

  /// The words; word i has the number i + 4.
  package let words: WordTable
  package let vectors: WordVectors?
  /// A digest of the words and vectors.
  package let digest: Digest

  package init(words: WordTable, vectors: WordVectors? = nil) {
    precondition(vectors.map { $0.count == words.count } ?? true, "a vector for each word")
    self.words = words
    self.vectors = vectors
    var stream = DigestStream()
    for word in 0..<UInt32(words.count) {
      stream.update(words.bytes(of: word))
      stream.update("\n")
    }
    vectors?.rows.withUnsafeBytes { stream.update($0) }
    vectors?.steps.withUnsafeBytes { stream.update($0) }
    digest = stream.digest
  }

  /// Takes the most frequent words of a table; of equally frequent words, those met first.
  ///
  /// - Parameter size: the largest size, including the numbers that are not words.
  package init(mostFrequentOf table: WordTable, size: Int) {
    let numbers = (0..<UInt32(table.count)).sorted {
      let (a, b) = (table.occurrences(of: $0), table.occurrences(of: $1))
      return a == b ? $0 < $1 : a > b
    }
    let words = WordTable()
    for number in numbers.prefix(max(0, size - Self.special.count)) {
      words.add(table.bytes(of: number))
    }
    self.init(words: words)
  }

  /// The size of the vocabulary, including the numbers that are not words.
  package var size: Int { words.count + Self.special.count }

  /// Returns the number of a word; `unknown` if it is not in the vocabulary.
  package func number(of word: String) -> Int32 {
    words.number(of: word).map { Int32($0) + Int32(Self.special.count) } ?? Self.unknown
  }

  /// Returns the number of each word of another table.
  package func numbers(of table: WordTable) -> [Int32] {
    (0..<UInt32(table.count)).map { word in
      let number = words.number(of: table.bytes(of: word))
      return number == WordTable.missing ? Self.unknown : Int32(number) + Int32(Self.special.count)
    }
  }

  // MARK: As text

  /// The words, one per line.
  package var text: Data {
    var text = Data()
    for word in 0..<UInt32(words.count) {
      text.append(contentsOf: words.bytes(of: word))
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }

  /// The vocabulary file as the reference code writes it: one line per number.
  package var file: Data { Data(Self.special.map { $0 + "\n" }.joined().utf8) + text }

  /// Reads such a file; the lines of the numbers that are not words may be missing.
  ///
  /// The word of a line ends at its first whitespace; in some files, its frequency follows.
  ///
  /// - Parameter remarks: collects remarks on lines that were skipped or changed.
  /// - Returns: nil if there is no word.
  package init?(file: Data, remarks: inout LineRemarks) {
    let words = WordTable()
    file.withUnsafeBytes { bytes in
      var lines: [TextLine] = []
      bytes.forEachTextLine { if !$0.isBlank { lines.append($0) } }
      let isSpecial = zip(lines, Self.special).allSatisfy { $0.bytes.elementsEqual($1.utf8) }
      if isSpecial, lines.count >= Self.special.count { lines.removeFirst(Self.special.count) }
      for line in lines {
        guard line.isText else {
          remarks.skip(line.number, TextLine.notText)
          continue
        }
        let fields = line.bytes.split { $0 == 0x20 || (0x09...0x0D).contains($0) }
        if fields.count > 1 {
          remarks.change(line.number, "what stands behind the word is passed over")
        }
        let count = words.count
        guard words.add(UnsafeRawBufferPointer(rebasing: fields[0])) == UInt32(count) else {
          remarks.skip(line.number, "the word was there before")
          continue
        }
      }
    }
    guard words.count > 0 else { return nil }
    self.init(words: words)
  }

  /// Reads the words of a text, one per line; returns nil if a word is empty or occurs twice.
  package init?(text: Data, vectors: WordVectors? = nil) {
    let words = WordTable()
    var lines = 0
    var rest = text[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let line = rest[rest.startIndex..<end]
      guard !line.isEmpty else { return nil }
      line.withUnsafeBytes { _ = words.add($0) }
      lines += 1
      rest = rest[(end + 1)...]
    }
    guard rest.isEmpty, words.count == lines, vectors.map({ $0.count == lines }) ?? true else {
      return nil
    }
    self.init(words: words, vectors: vectors)
  }
}
