import Files
import Foundation
import Words

/// Reads files of passages into one table of words.
struct PassageReader {
  let table = WordTable()
  private(set) var counts: [LambadaSet.Role: LambadaSet.Counts] = [:]
  /// Remarks on what was skipped, with the names of the files.
  private(set) var remarks: [String] = []
  /// The names of the files whose text was divided into words while it was read.
  private(set) var undivided: [String] = []
  private let longest: Int

  /// - Parameter longest: the maximum number of words in a passage.
  init(longest: Int) {
    self.longest = longest
  }

  /// Reads the passages of files, one per line; the last word of each is its answer, whatever punctuation follows it.
  ///
  /// - Throws: `TextFileError` if no line of a file can be read, or whatever `progress` throws.
  mutating func passages(
    of files: [LambadaFiles.File],
    for role: LambadaSet.Role,
    _ progress: (LambadaSet.Progress) throws -> Void
  ) throws -> PassageList {
    var list = PassageList()
    var counts = LambadaSet.Counts()
    let (table, longest) = (table, longest)
    for file in files {
      try forEachText(of: file, progress) { words in
        while let last = words.last, !Self.isWord(last, in: table) { words.removeLast() }
        guard words.count > 1 else {
          counts.empty += 1
          return
        }
        let isAnswerable = words[...].isAnswerable
        if words.count > longest {
          counts.tooLong += 1
          return
        }
        guard isAnswerable || role != .train else {
          counts.withoutAnswer += 1
          return
        }
        counts.used += 1
        counts.answerable += isAnswerable ? 1 : 0
        list.append(words)
      }
    }
    self.counts[role] = counts
    return list
  }

  /// Reads whole texts, each as one passage.
  ///
  /// - Throws: as `passages`.
  mutating func texts(
    of files: [LambadaFiles.File],
    _ progress: (LambadaSet.Progress) throws -> Void
  ) throws -> PassageList {
    var list = PassageList()
    for file in files {
      var all: [UInt32] = []
      try forEachText(of: file, progress) { words in all += words }
      if all.count > 1 { list.append(all) }
    }
    return list
  }

  /// Returns true if a word of the table is not punctuation.
  private static func isWord(_ word: UInt32, in table: WordTable) -> Bool {
    let bytes = table.bytes(of: word)
    return bytes.contains {
      $0 >= 0x80 || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20)
    }
  }

  /// Calls `body` with the words of each line of a file, or of the object in it.
  private mutating func forEachText(
    of file: LambadaFiles.File,
    _ progress: (LambadaSet.Progress) throws -> Void,
    _ body: (inout [UInt32]) -> Void
  ) throws {
    var skipped = LineRemarks()
    var form: TextForm?
    var words: [UInt32] = []
    var read = 0
    try TextReader(path: file.path, name: file.name).forEachPart { part, share in
      let known = form ?? Self.form(of: part, file)
      form = known
      try part.forEachLine { line in
        if line.number % 4096 == 1 { try progress(.init(file: file.name, share: share)) }
        guard line.isText else {
          skipped.skip(line.number, TextLine.notText)
          return
        }
        words.removeAll(keepingCapacity: true)
        switch known {
        case .divided: table.add(text: line.bytes, to: &words)
        case .undivided:
          guard let text = file.isJSON ? Self.text(ofJSON: line) : line.text else {
            skipped.skip(line.number, "there is no object with a `text` in it")
            return
          }
          for word in WordTokenizer.words(of: text) { words.append(table.add(word)) }
        }
        read += 1
        body(&words)
      }
    }
    guard read > 0 || skipped.skipped == 0 else {
      throw TextFileError(
        file.name,
        "no line can be read: \(skipped.texts[0])",
        file.isJSON ? "a line has the form {\"text\": \"…\"}" : "save the file as UTF-8"
      )
    }
    remarks += skipped.texts.map { "\(file.name): \($0)" }
    if !file.isJSON, form == .undivided { undivided.append(file.name) }
  }

  /// Returns the form of a file, detected from its first lines; texts in objects are never divided.
  private static func form(of part: TextPart, _ file: LambadaFiles.File) -> TextForm {
    guard !file.isJSON else { return .undivided }
    var lines: [String] = []
    part.forEachLine { if lines.count < TextForm.lines { lines.append($0.text) } }
    return TextForm(of: lines)
  }

  /// Returns the text in the object of a line; empty for a blank line, nil for anything else.
  private static func text(ofJSON line: TextLine) -> String? {
    struct Line: Decodable {
      let text: String
    }
    if line.isBlank { return "" }
    return try? JSONDecoder().decode(Line.self, from: Data(line.bytes)).text
  }
}
