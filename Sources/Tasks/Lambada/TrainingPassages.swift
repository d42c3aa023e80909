import Tensors

/// Passages to train on, drawn from those of a set or cut from whole texts.
struct TrainingPassages: Sendable {
  /// The minimum number of words before an answer that is chosen freely.
  private static let leastContext = 40
  /// The minimum number of words before the sentence with the answer, in whole texts.
  private static let textContext = 50
  /// The maximum number of positions in a whole text that are tried for an answer.
  private static let mostTries = 10_000

  /// The lengths for which there are passages.
  let bins: [Int]
  private let set: LambadaSet?
  private let cut: PassageCut
  /// The indices of the passages of each length.
  private let passages: [[UInt32]]
  /// The number of words in whole texts, from which passages are cut.
  private let texts: Int
  private let endings: Set<UInt32>

  private static let extraShare = 0.05 / 1.05

  init(_ set: LambadaSet?, bins: [Int], cut: PassageCut) {
    self.set = set
    self.cut = cut
    var passages = [[UInt32]](repeating: [], count: bins.count)
    if let list = set?.training {
      for index in 0..<list.count {
        if let bin = bins.firstIndex(where: { $0 >= list[index].count }) {
          passages[bin].append(UInt32(index))
        }
      }
    }
    texts = set?.novels.words.count ?? 0
    let hasTexts = texts > Self.textContext
    let used = bins.indices.filter { index in
      !passages[index].isEmpty || hasTexts && index == bins.indices.last
    }
    self.bins = used.map { bins[$0] }
    self.passages = used.map { passages[$0] }
    endings = Set([".", "?", "!", "''"].compactMap { set?.table.number(of: $0) })
  }

  var isEmpty: Bool { bins.isEmpty }

  /// Returns a passage for a length, its answer last.
  func draw(ofBin index: Int, using random: inout RandomStream) -> ArraySlice<UInt32> {
    guard let set else { return [] }
    // As in tasks of symbols, longer batches have an extra 5 % of passages of shorter lengths.
    var own = index
    if own > 0, random.uniformDouble() < Self.extraShare { own = random.index(below: own) }
    let list = passages[own]
    let share = Double(texts) / Double(max(1, texts + set.training.words.count))
    if list.isEmpty || index == bins.count - 1 && texts > 0 && random.uniformDouble() < share {
      if let passage = passage(ofTexts: set.novels.words, longest: bins[index], set, using: &random)
      {
        return passage
      }
      if list.isEmpty { return set.novels.words.prefix(min(bins[index], texts)) }
    }
    let passage = set.training[Int(list[random.index(below: list.count)])]
    guard cut == .anywhere else { return passage }
    var met: Set<UInt32> = []
    let places = passage.indices.filter { place in
      let isNew = met.insert(passage[place]).inserted
      return !isNew && place - passage.startIndex >= Self.leastContext
        && set.isMeaningful[Int(passage[place])]
    }
    guard !places.isEmpty else { return passage }
    return passage[passage.startIndex...places[random.index(below: places.count)]]
  }

  /// Returns a passage of whole texts: whole sentences of at least 50 words, then a sentence that ends at a
  /// meaningful word that has occurred before.
  private func passage(
    ofTexts words: [UInt32],
    longest: Int,
    _ set: LambadaSet,
    using random: inout RandomStream
  ) -> ArraySlice<UInt32>? {
    for _ in 0..<Self.mostTries {
      let place = random.index(below: words.count)
      guard set.isMeaningful[Int(words[place])] else { continue }
      let first = max(0, place + 1 - longest)
      guard let sentence = start(of: place, in: words, from: first),
        sentence - Self.textContext >= first,
        let start = start(of: sentence - Self.textContext, in: words, from: first),
        words[start..<place].contains(words[place])
      else { continue }
      return words[start...place]
    }
    return nil
  }

  /// Returns the index of the first word of the sentence of a word, or nil if it is before `first`.
  private func start(of place: Int, in words: [UInt32], from first: Int) -> Int? {
    var start = place
    while start > first {
      if endings.contains(words[start - 1]), !endings.contains(words[start]) { return start }
      start -= 1
    }
    return first == 0 ? 0 : nil
  }
}
