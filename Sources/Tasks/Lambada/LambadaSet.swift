import Files
import Foundation
import Words

/// The passages of a folder as word numbers.
///
/// A word takes 4 bytes; the published training set of 1.8 million passages takes some 600 MB.
package struct LambadaSet: Sendable {
  /// The role of a passage.
  package enum Role: String, CaseIterable, Sendable {
    case train, validation, test
  }

  /// The counts of passages in the files of one role.
  package struct Counts: Hashable, Sendable {
    /// The number of passages that are used.
    package var used = 0
    /// The number of these whose answer can be pointed at.
    package var answerable = 0
    /// The number of passages longer than the longest batches, which are left out; in tests they count as wrong.
    package var tooLong = 0
    /// The number of training passages whose answer does not occur in them, which are left out.
    package var withoutAnswer = 0
    /// The number of lines with fewer than two words.
    package var empty = 0
  }

  /// All words of all files.
  package let table: WordTable
  /// True for each word of the table that is meaningful: letters only, and not a stop word.
  let isMeaningful: [Bool]
  /// The passages to train on, all answerable.
  let training: PassageList
  /// The whole texts to train on, one after another.
  let novels: PassageList
  package let validation: PassageList
  package let test: PassageList
  package let counts: [Role: Counts]
  /// The digest of the words of all passages, in order.
  package let digest: Digest
  /// Remarks on what was skipped, with the names of the files.
  package let remarks: [String]
  /// The names of the files whose text was divided into words while it was read.
  package let undivided: [String]

  /// The progress of reading.
  package struct Progress {
    package let file: String
    package let share: Double
  }

  /// Reads all passages of a folder.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - name: the folder's name in messages.
  ///   - longest: the maximum number of words in a passage.
  ///   - progress: an error it throws ends the reading.
  /// - Throws: `TextFileError`, or whatever `progress` throws.
  package init(
    path: String,
    name: String,
    longest: Int,
    _ progress: (Progress) throws -> Void
  ) throws {
    let files = try LambadaFiles(path: path, name: name)
    var reader = PassageReader(longest: longest)
    // Training files are read first, so that their words, which are counted for the vocabulary, have the lowest numbers.
    training = try reader.passages(of: files.training, for: .train, progress)
    novels = try reader.texts(of: files.novels, progress)
    trainingWords = reader.table.count
    validation = try reader.passages(of: files.validation, for: .validation, progress)
    test = try reader.passages(of: files.test, for: .test, progress)
    counts = reader.counts
    remarks = files.remarks + reader.remarks
    undivided = reader.undivided
    table = reader.table
    isMeaningful = (0..<UInt32(table.count)).map { word in
      let bytes = reader.table.bytes(of: word)
      let isWord = bytes.allSatisfy { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 >= 0x80 }
      return isWord && !StopWords.all.contains(String(decoding: bytes, as: UTF8.self))
    }
    var stream = DigestStream()
    for list in [training, novels, validation, test] {
      list.words.withUnsafeBytes { stream.update($0) }
    }
    for word in 0..<UInt32(table.count) { stream.update(table.bytes(of: word)) }
    digest = stream.digest
  }

  /// The number of words in the table that occur in training files; they come first.
  private let trainingWords: Int

  /// Returns a vocabulary of the most frequent words of the training files, or of all files if there are none.
  ///
  /// - Parameter size: the maximum size of the vocabulary.
  package func vocabulary(size: Int) -> Vocabulary {
    let lists = trainingWords > 0 ? [training, novels] : [validation, test]
    var counts = [Int](repeating: 0, count: table.count)
    for list in lists {
      for word in list.words { counts[Int(word)] += 1 }
    }
    let counted = WordTable()
    for (word, count) in counts.enumerated() where count > 0 {
      counted.add(table.bytes(of: UInt32(word)), occurrences: count)
    }
    return Vocabulary(mostFrequentOf: counted, size: size)
  }

  /// The number of words in whole texts.
  package var textWords: Int { novels.words.count }

  func passages(for role: Role) -> PassageList {
    switch role {
    case .train: training
    case .validation: validation
    case .test: test
    }
  }
}
