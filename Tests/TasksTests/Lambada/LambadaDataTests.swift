import Files
import Foundation
import Tensors
import TestSupport
import Testing
import Words

@testable import Tasks

@Suite struct LambadaDataTests {
  private static let training = [
    "the cat saw the dog", "a bird ate a worm and a bird sang", "no answer here", "",
    "one two one", "x y z x y z x y z x y z x y z",
  ]

  private func set(
    _ files: [String: String],
    longest: Int = 8
  ) throws -> (set: LambadaSet, folder: TemporaryFolder) {
    let folder = try TemporaryFolder()
    for (name, text) in files {
      let path = folder(name)
      let parent = (path as NSString).deletingLastPathComponent
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
      try folder.write(text, to: name)
    }
    return (try LambadaSet(path: folder.path, name: "d", longest: longest) { _ in }, folder)
  }

  @Test("names of files say what they are for, and what is left out is counted")
  func roles() throws {
    let (set, _) = try set([
      "train.txt": Self.training.joined(separator: "\n"), "valid.txt": "v w v",
      "lambada_development_plain_text.txt": "d e d\nd e f",
      "lambada_test_plain_text.txt": "t u t\nt u w\n1 2 3 4 5 6 7 8 9\n",
      "lambada_control_test_data_plain_text.txt": "c c", "notes.md": "not read",
    ])
    let counts = try #require(set.counts[.train])
    #expect(counts.used == 1)
    #expect(counts.withoutAnswer == 2)
    #expect(counts.tooLong == 2)
    #expect(counts.empty == 1)
    #expect(set.counts[.validation]?.used == 2)
    #expect(set.counts[.validation]?.answerable == 1)
    let test = try #require(set.counts[.test])
    #expect(test.used == 2 && test.answerable == 1 && test.tooLong == 1)
    #expect(set.test[0].map(set.table.word) == ["t", "u", "t"])
  }

  @Test("lines of objects and packed files are read, words of one kind get one number")
  func json() throws {
    let (set, _) = try set(
      [
        "test.jsonl": #"{"text": "\"Go!\" said Ann. \"I won't,\" said Ann"}"# + "\n\n",
        "train.txt": "ann said go ann",
      ],
      longest: 32
    )
    #expect(
      set.test[0].map(set.table.word).joined(separator: " ")
        == "`` go ! '' said ann . `` i wo n't , '' said ann"
    )
    #expect(set.table.number(of: "ann") == 0)
    #expect(set.undivided == [])
    let error = #expect(throws: TextFileError.self) {
      try self.set(["test.jsonl": "{\"txt\": 1}\n"])
    }
    #expect(error?.message.contains("line 1 skipped: there is no object") == true)
  }

  @Test(
    "text that is not divided into words is recognised, divided, and told",
    arguments: [
      ("\"Go!\" said Ann. \"I won't,\" said Ann", true),
      ("`` go ! '' said ann . `` i wo n't , '' said ann", false),
      ("Ann said `` go ! '' , and went , and so said Ann", true),
      ("go said ann and she went said ann", false),
      ("go! he said, and she said\r\n\r\n", true),
    ]
  )
  func forms(text: String, isUndivided: Bool) throws {
    let (set, _) = try set(["test.txt": "\u{FEFF}" + text], longest: 32)
    #expect(set.undivided == (isUndivided ? ["d/test.txt"] : []))
    let (objects, _) = try self.set(
      [
        "test.jsonl":
          #"{"text": "\#(text.replacing("\"", with: "\\\"").replacing("\r\n", with: ""))"}"#
      ],
      longest: 32
    )
    #expect(set.test.count == 1)
    #expect(set.test[0].map(set.table.word) == objects.test[0].map(objects.table.word))
  }

  @Test(
    "the answer is the last word, whatever signs stand behind it",
    arguments: [
      "ann said go to ann", "ann said go to ann .", "ann said go to ann . ''",
      "ann said go to ann ! ) --",
    ]
  )
  func answers(text: String) throws {
    let (set, _) = try set(
      ["test.txt": text, "valid.jsonl": #"{"text": "\#(text)"}"#],
      longest: 32
    )
    #expect(set.test[0].map(set.table.word) == ["ann", "said", "go", "to", "ann"])
    #expect(set.counts[.test]?.answerable == 1)
    #expect(set.validation[0].map(set.table.word) == ["ann", "said", "go", "to", "ann"])
  }

  @Test("a line that cannot be read costs only itself")
  func skippedLines() throws {
    let folder = try TemporaryFolder()
    try (Data("a b a\n".utf8) + Data([0x63, 0xE9, 0x0A]) + Data("c d c\n".utf8))
      .write(to: URL(fileURLWithPath: folder("test.txt")))
    try folder.write("{\"text\": \"e f e\"}\n{broken\n\n{\"text\": 3}\n", to: "valid.jsonl")
    let set = try LambadaSet(path: folder.path, name: "d", longest: 8) { _ in }
    #expect(set.counts[.test]?.used == 2 && set.counts[.validation]?.used == 1)
    #expect(
      set.remarks == [
        "d/valid.jsonl: 2 lines skipped, the first is line 2: there is no object with a `text` in it",
        "d/test.txt: line 2 skipped: not UTF-8",
      ]
    )
  }

  @Test(
    "a folder without passages, a missing one and a file are refused",
    arguments: [["a.md": "x"], [:]] as [[String: String]]
  )
  func refused(files: [String: String]) throws {
    #expect(throws: TextFileError.self) { try self.set(files) }
    #expect(throws: TextFileError.self) {
      try LambadaSet(path: "/nowhere", name: "d", longest: 8) { _ in }
    }
  }

  private func data(
    _ files: [String: String],
    cut: PassageCut = .end,
    drop: Double = 0,
    bins: [Int] = [8]
  ) throws -> LambadaData {
    let (set, _) = try set(files, longest: bins.max() ?? 8)
    var form = LambadaForm(path: "d", words: 100)
    form.cut = cut
    form.drop = drop
    return LambadaData(
      set,
      form: form,
      vocabulary: set.vocabulary(size: form.words),
      bins: bins,
      batchSize: 16
    )
  }

  @Test(
    "a batch masks the answer, labels where it stands, and moves passages by all numbers of blanks"
  )
  func batches() throws {
    let data = try data(["train.txt": "the cat saw the"])
    let batch = try data.trainingBatch(step: 1, source: RandomSource(seed: 3))
    let labels = batch.targets(of: PointerTargets.self).labels
    let words = batch.input.symbols
    let marks = try #require(batch.input.marks).values
    var starts: Set<Int> = []
    for example in 0..<16 {
      let own = example * 8..<(example + 1) * 8
      let start = words[own].prefix { $0 == 0 }.count
      starts.insert(start)
      let blanks = [Int32](repeating: 0, count: 4 - start)
      let before = [Int32](repeating: 0, count: start)
      #expect(Array(words[own]) == before + [4, 5, 6, 3] + blanks)
      #expect(Array(labels[own]) == before + [2, 1, 1, 1] + blanks)
      // Without a sign that ends a sentence all words are the question.
      #expect(Array(marks[own]) == (before + [2, 2, 2, 2] + blanks).map(UInt8.init))
    }
    #expect(starts == [0, 1, 2, 3, 4])
    let again = try data.trainingBatch(step: 1, source: RandomSource(seed: 3))
    #expect(again.input.symbols == words)
    let other = try data.trainingBatch(step: 2, source: RandomSource(seed: 3))
    #expect(other.input.symbols != words)
  }

  @Test(
    "the question is the last sentence, behind the signs that close the one before it",
    arguments: [
      ("the cat saw the", 0), ("he ran . the cat saw the", 3), ("he ran ! '' the cat", 4),
      ("`` go ? '' ) she said , and ... then he", 10), ("the end .", 3), ("a . b ' c", 2),
    ]
  )
  func question(text: String, count: Int) throws {
    let signs = text.split(separator: " ").map { SentenceSign(of: $0.utf8) }
    #expect(SentenceSign.lastSentence(of: signs) == count)
    let data = try data(["train.txt": "x \(text) x"], bins: [16])
    let passage = try #require(
      data.trainingPassages(step: 1, source: RandomSource(seed: 1)).first?.passages.first
    )
    #expect(passage.question == (count == 0 ? 0 : count + 1))
  }

  @Test("each step and each length places and forgets for itself")
  func disjointUses() throws {
    let short = (0..<9).map { "s\($0)" }.joined(separator: " ") + " s0"
    let long = (0..<69).map { "l\($0)" }.joined(separator: " ") + " l0"
    let data = try data(
      ["train.txt": short + "\n" + long],
      drop: 0.5,
      bins: [64, 128]
    )
    let source = RandomSource(seed: 3)
    func forgotten(_ passage: PlacedPassage) -> [Bool] {
      passage.readings.prefix(9).map { $0.word == Vocabulary.unknown }
    }
    // Were the streams of both lengths one, the first passages would forget alike, up to some
    // words.
    var equal = [Int](repeating: 0, count: 7)
    var seen: Set<[[Bool]]> = []
    for step in 0..<20 {
      let batches = data.trainingPassages(step: step, source: source)
      let firsts = batches.compactMap { $0.passages.first.map(forgotten) }
      for shift in 0...6
      where firsts[0].dropFirst(3).prefix(6) == firsts[1].dropFirst(shift).prefix(6) {
        equal[shift] += 1
      }
      #expect(seen.insert(batches[0].passages.map(forgotten)).inserted, "step \(step)")
    }
    #expect(equal.allSatisfy { $0 < 5 }, "\(equal)")
  }

  @Test("words become unknown as often as asked, the mask never")
  func forgotten() throws {
    let data = try data(["train.txt": "a b c a b a"], drop: 0.3)
    var (unknown, words) = (0, 0)
    for step in 1...40 {
      let input = try data.trainingBatch(step: step, source: RandomSource(seed: 1)).input.symbols
      #expect(input.filter { $0 == Vocabulary.mask }.count == 16)
      unknown += input.filter { $0 == Vocabulary.unknown }.count
      words += input.filter { $0 != 0 && $0 != Vocabulary.mask }.count
    }
    #expect(abs(Double(unknown) / Double(words) - 0.3) < 0.03)
  }

  @Test("cut anywhere, a passage ends at any word that carries meaning and was there before")
  func cutAnywhere() throws {
    let filler = (0..<45).map { "f\($0)" }.joined(separator: " ")
    let data = try data(
      ["train.txt": "house tree \(filler) the house stood . the tree fell . the end house"],
      cut: .anywhere,
      bins: [64]
    )
    var ends: Set<Int> = []
    for step in 1...20 {
      let batch = try data.trainingBatch(step: step, source: RandomSource(seed: 1))
      for example in 0..<16 {
        let words = batch.input.symbols[example * 64..<(example + 1) * 64]
        ends.insert(words.filter { $0 != 0 }.count)
      }
    }
    // `the` is a stop word, and `.` is no word.
    #expect(ends == [49, 53, 58])
  }

  @Test("of whole texts, sentences of at least 50 words come before one that ends at a known word")
  func novels() throws {
    let text = (0..<200).map { "anna met ben\($0 % 9) at the mill\($0) ." }.joined(separator: "\n")
    let data = try data(["train-novels/one.txt": text], bins: [128])
    #expect(data.hasExamples)
    #expect(data.set?.textWords == 1400)
    let batch = try data.trainingBatch(step: 1, source: RandomSource(seed: 1))
    let labels = batch.targets(of: PointerTargets.self).labels
    let period = data.vocabulary.number(of: ".")
    for example in 0..<16 {
      let own = example * 128..<(example + 1) * 128
      let words = batch.input.symbols[own].filter { $0 != 0 }
      #expect(words.count > 50 && words.last == Vocabulary.mask)
      #expect(words.first == data.vocabulary.number(of: "anna"))
      #expect(words.count - 1 - (words.lastIndex(of: period) ?? 0) < 7)
      #expect(labels[own].contains(PointerLabel.answer))
    }
  }

  @Test("baselines guess what they say")
  func baselines() throws {
    let (set, _) = try set(
      ["test.txt": "tim saw tom and tom saw tim saw tim"],
      longest: 16
    )
    let hits = PassageBaseline.allCases.map { $0.hits(set.test[0], in: set) }
    // tim and saw: twice and three times; repeated latest: saw.
    #expect(hits == [0.25, 0, 0])
    let (other, _) = try self.set(
      ["test.txt": "the ball hit the wall and the ball fell on the ball"],
      longest: 16
    )
    #expect(PassageBaseline.allCases.map { $0.hits(other.test[0], in: other) } == [2.0 / 11, 1, 1])
  }

  @Test("vectors reach the network as rows, with kinds for what has none")
  func vectors() throws {
    let words = WordTable()
    words.add("the")
    words.add("cat")
    let vectors = WordVectors(dimension: 2, rows: [127, 0, 0, 127], steps: [1 / 127, 2 / 127])
    let (set, _) = try set(["train.txt": "the dog the cat the"])
    var form = LambadaForm(path: "d", vectors: "v")
    form.drop = 0
    let data = LambadaData(
      set,
      form: form,
      vocabulary: Vocabulary(words: words, vectors: vectors),
      bins: [8],
      batchSize: 1
    )
    #expect(data.input == .words && data.inputSymbols == 2)
    var stream = RandomSource(seed: 1).stream(.examples)
    let passage = data.place(set.training[0], length: 8, using: &stream)
    let batch = data.batch([8: [passage]])
    guard case .passage(.words(let input), _) = batch.input else {
      Issue.record("vectors")
      return
    }
    let start = passage.start
    #expect(Array(input.kinds[start..<start + 5]) == [2, 1, 2, 2, 3])
    #expect(Array(input.vectors[2 * start..<2 * start + 10]) == [1, 0, 0, 0, 1, 0, 0, 2, 0, 0])
  }
}
