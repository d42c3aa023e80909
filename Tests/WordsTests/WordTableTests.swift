import Files
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
    var remarks = LineRemarks()
    let again = try #require(Vocabulary(file: vocabulary.file, remarks: &remarks))
    #expect(again.digest == vocabulary.digest && remarks.texts.isEmpty)
  }

  @Test(
    "vocabularies are read whatever their lines end with, and what is no word is skipped",
    arguments: [
      ("a\nb", []), ("\u{FEFF}a\r\nb\r\n", []), ("a\rb\r", []), ("\na\n\n b \n\n", []),
      ("C_PAD\r\nC_UNK\r\nC_SEL\r\nC_MASK\r\na\r\nb", []),
      ("a\nb\na\na\n", ["2 lines skipped, the first is line 3: the word was there before"]),
      (
        "a\t120\nb\t7", ["2 lines, the first is line 1: what stands behind the word is passed over"]
      ),
    ] as [(String, [String])]
  )
  func vocabularyForms(text: String, told: [String]) throws {
    var remarks = LineRemarks()
    let vocabulary = try #require(Vocabulary(file: Data(text.utf8), remarks: &remarks))
    #expect(vocabulary.words.count == 2)
    #expect(["a", "b"].map(vocabulary.number(of:)) == [4, 5])
    #expect(remarks.texts == told)
  }

  @Test("a line of a vocabulary that is not UTF-8 costs only itself; a file without words is none")
  func vocabularyFaults() throws {
    var remarks = LineRemarks()
    let bytes = Data("a\n".utf8) + Data([0xFF, 0x0A]) + Data("b\n".utf8)
    let vocabulary = try #require(Vocabulary(file: bytes, remarks: &remarks))
    #expect(["a", "b"].map(vocabulary.number(of:)) == [4, 5])
    #expect(remarks.texts == ["line 2 skipped: not UTF-8"] && remarks.areOfLoss)
    for empty in ["", "\n \n", "C_PAD\nC_UNK\nC_SEL\nC_MASK\n"] {
      #expect(Vocabulary(file: Data(empty.utf8), remarks: &remarks) == nil)
    }
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
