import CommandLanguage
import Tasks
import Wording

extension GeneratedTask {
  /// The page of `help task NAME`.
  package var page: TopicPage {
    let bins = usualBins.map(String.init).joined(separator: ",")
    return TopicPage(
      sort: "task",
      name: name,
      summary: summary,
      discussion: """
        \(details)

        For example:

        \(example)

        \(alphabets) \(lengths)

        \(hard)

        Settings like the original's:

          data \(name) lengths=\(bins) batch=32
          model rse maps=192 blocks=2 schedule=20000
          train 20000
        """
    )
  }

  /// A question with its answer, and both as symbols, computed.
  private var example: String {
    guard let input = try? input(asking: sampleQuestion) else { return "" }
    let target = target(of: input)
    func list(_ symbols: [Int32]) -> String {
      symbols.map(String.init).joined(separator: " ")
    }
    return """
        try \(sampleQuestion)
        \(answer(target))

        input   \(list(input))
        output  \(list(target))
      """
  }

  private var alphabets: String {
    let sizes =
      "The input has \(inputSymbols) symbols, the blank 0 included, the output \(outputSymbols)."
    guard let free = self as? any FreeAlphabetTask else { return sizes }
    let fewest = type(of: free).fewestSymbols
    return sizes
      + " `data \(name) alphabet=N` chooses the number of the input's, from \(fewest) on."
  }

  private var hard: String {
    let kinds = hardKinds.map { "  \($0.name)" }.joined(separator: "\n")
    return """
      `test hard=on` tests, and `data \(name) hard=0.2` trains with a share of 0.2, on what random drawing \
      hardly ever gives, all kinds equally often:

      \(kinds)
      """
  }

  private var lengths: String {
    let first = (1...64).first { inputLength(requesting: $0) != nil } ?? 1
    let longest = SymbolData.largestLength
    let last = symbolsNeeded(forLength: longest) == nil ? longest : lastLength(upTo: longest)
    return "Inputs have from \(inputLength(requesting: first) ?? first) to "
      + "\(inputLength(requesting: last).map(grouped) ?? grouped(last)) symbols."
  }

  /// Returns the longest length that the alphabet allows.
  private func lastLength(upTo longest: Int) -> Int {
    var (low, high) = (0, longest)
    while high - low > 1 {
      let middle = (low + high) / 2
      if symbolsNeeded(forLength: middle) == nil { low = middle } else { high = middle }
    }
    return low
  }
}
