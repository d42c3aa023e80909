/// Finds the word that was probably meant by a mistyped one.
package enum Suggestion {
  private static let longestWord = 48
  private static let shortestAbbreviation = 3

  /// Returns the candidate nearest to a word, if it is near enough to be the one that was meant.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    let wanted = word.lowercased()
    guard wanted.contains(where: \.isLetter), wanted.count <= longestWord else { return nil }
    let allowed = max(1, wanted.count / 3)
    var best: (candidate: String, distance: Int)?
    for candidate in candidates where candidate != word {
      let lowered = candidate.lowercased()
      if wanted.count == 1 && lowered.count > 1 && !lowered.hasPrefix(wanted) { continue }
      let isShortened = wanted.count >= 2 && lowered.hasPrefix(wanted)
      let distance = isShortened ? 1 : editDistance(wanted, lowered)
      if distance <= allowed, distance < best?.distance ?? Int.max {
        best = (candidate, distance)
      }
    }
    return best?.candidate ?? abbreviation(of: wanted, among: candidates)
  }

  /// Returns the longest candidate that a word begins with, as `sorting` begins with `sort`.
  private static func abbreviation(of word: String, among candidates: [String]) -> String? {
    candidates.filter { $0.count >= shortestAbbreviation && word.hasPrefix($0.lowercased()) }
      .max { $0.count < $1.count }
  }

  /// Returns the number of insertions, deletions, substitutions and transpositions between two words.
  package static func editDistance(_ first: String, _ second: String) -> Int {
    let a = Array(first)
    let b = Array(second)
    guard abs(a.count - b.count) <= longestWord else { return abs(a.count - b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }

  /// Joins words with commas, and with a conjunction before the last.
  package static func listing(_ words: [String], lastAfter conjunction: String) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
  }

  /// Joins words with commas; `…` replaces the rest of a long list.
  static func listing(_ words: [String], limit: Int = 24) -> String {
    (words.prefix(limit) + (words.count > limit ? ["…"] : [])).joined(separator: ", ")
  }
}
