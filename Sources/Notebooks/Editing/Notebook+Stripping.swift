extension Notebook {
  /// Returns the notebook without what running it added: output, messages of expected failures (their
  /// `!` stays), the environment, and the facts with the given keys. All other bytes stay.
  package func stripped(ofFacts keys: [String]) -> Notebook {
    let recorded = Set(keys + [Self.environmentKey])
    var result = self
    result.lines = []
    var isBelowMark = false
    for line in lines {
      switch line.kind {
      case .stable, .volatile: continue
      case .header where HeaderLine(line.text.utf8).map { recorded.contains($0.key) } ?? false:
        continue
      case .failure:
        if !isBelowMark {
          result.lines.append(NotebookLine(kind: .failure, text: "!", ending: line.ending))
        }
        isBelowMark = true
        continue
      default: result.lines.append(line)
      }
      isBelowMark = false
    }
    result.separateHeader()
    return result
  }
}
