import Foundation
import Testing

@testable import Words

@Suite struct WordTableTests {
  @Test("words have the numbers of their first appearance, however many there are")
  func numbers() {
    let table = WordTable()
    for index in 0..<5000 { #expect(table.add("w\(index)") == UInt32(index)) }
    for index in stride(from: 0, to: 5000, by: 7) {
      #expect(table.add("w\(index)") == UInt32(index))
      #expect(table.word(UInt32(index)) == "w\(index)")
      #expect(table.occurrences(of: UInt32(index)) == 2)
    }
    #expect(table.count == 5000)
    #expect(table.number(of: "w5000") == nil)
    #expect(table.number(of: "größe") == nil)
  }

  @Test("a text is divided at blanks of all kinds")
  func text() {
    let table = WordTable()
    var numbers: [UInt32] = []
    let text = "  the cat\tsaw\r\nthe  ünder cat \n"
    Array(text.utf8).withUnsafeBytes { table.add(text: $0, to: &numbers) }
    #expect(numbers == [0, 1, 2, 0, 3, 1])
    #expect(table.word(3) == "ünder")
    Array("x".utf8).withUnsafeBytes { table.add(text: $0, to: &numbers) }
    #expect(numbers.last == 4)
  }

  @Test("a vocabulary has the most frequent words, of equals the first, behind four numbers")
  func vocabulary() throws {
    let table = WordTable()
    for word in "b a c a d b e a".split(separator: " ") { table.add(word) }
    let vocabulary = Vocabulary(mostFrequentOf: table, size: 7)
    #expect(vocabulary.size == 7)
    #expect(["a", "b", "c", "d"].map(vocabulary.number(of:)) == [4, 5, 6, Vocabulary.unknown])
    #expect(vocabulary.numbers(of: table) == [5, 4, 6, 1, 1])
    let file = String(decoding: vocabulary.file, as: UTF8.self)
    #expect(file == "C_PAD\nC_UNK\nC_SEL\nC_MASK\na\nb\nc\n")
    #expect(try #require(Vocabulary(file: vocabulary.file)).digest == vocabulary.digest)
    for wrong in ["a\na\n", "a\n\nb\n", "a\nb"] {
      #expect(Vocabulary(file: Data(wrong.utf8)) == nil, "\(wrong)")
    }
    #expect(Vocabulary(file: Data([0x61, 0xFF, 0x0A])) == nil)
  }

  @Test(
    "text is divided as the published passages are",
    arguments: [
      ("Don't go, she's here.", "do n't go , she 's here ."),
      ("\"Why?\" asked Mr. Poe -- twice!", "`` why ? '' asked mr. poe -- twice !"),
      ("“Well…” he said (softly); we’ll see.", "`` well ... '' he said ( softly ) ; we 'll see ."),
      ("J. R. cannot sing:", "j. r. can not sing :"),
      ("`` i do n't know , '' said i .", "`` i do n't know , '' said i ."),
      ("the boys' dog", "the boys ' dog"), ("a ___.", "a ___ ."), ("", ""),
    ]
  )
  func tokens(text: String, words: String) {
    #expect(WordTokenizer.words(of: text).joined(separator: " ") == words)
  }
}
