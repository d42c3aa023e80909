/// Ways to guess the missing word of a passage without learning.
package enum PassageBaseline: String, CaseIterable, Sendable {
  case random, mostFrequent, latestRepeated

  /// The title in tables with little room.
  package var shortTitle: String {
    switch self {
    case .random: "random word"
    case .mostFrequent: "most frequent word"
    case .latestRepeated: "latest repeated word"
    }
  }

  /// The title in tables.
  package var title: String {
    switch self {
    case .random: "a random word of the passage"
    case .mostFrequent: "its most frequent word, no stop word"
    case .latestRepeated: "its latest repeated word, no stop word"
    }
  }

  /// Returns the probability that the guess is the answer of a passage.
  ///
  /// - Parameter words: the words of the passage, the answer last.
  package func hits(_ words: ArraySlice<UInt32>, in set: LambadaSet) -> Double {
    guard let answer = words.last else { return 0 }
    let context = words.dropLast()
    switch self {
    case .random:
      return Double(context.filter { $0 == answer }.count) / Double(max(1, context.count))
    case .mostFrequent:
      // Of equally frequent words the one that occurs last.
      var counts: [UInt32: (count: Int, last: Int)] = [:]
      for (place, word) in context.enumerated() where set.isMeaningful[Int(word)] {
        counts[word] = ((counts[word]?.count ?? 0) + 1, place)
      }
      let best = counts.max { ($0.value.count, $0.value.last) < ($1.value.count, $1.value.last) }
      return best?.key == answer ? 1 : 0
    case .latestRepeated:
      var earlier: Set<UInt32> = []
      var latest: UInt32?
      for word in context where set.isMeaningful[Int(word)] {
        if !earlier.insert(word).inserted { latest = word }
      }
      return latest == answer ? 1 : 0
    }
  }
}
