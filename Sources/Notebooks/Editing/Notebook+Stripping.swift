extension Notebook {
  /// The notebook without what running it has left behind: output, messages of expected failures (their
  /// `!` stays), the environment, and the facts of these keys. All other bytes stay.
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

  /// A notebook to begin with.
  package static func template(file: String, title: String) -> Notebook {
    let text = """
      \(magic) \(version)

      # # \(title)
      #
      # What is asked, and what is expected.

      param steps = 500
      seed 1
      data badd lengths=8,16,32
      model rse maps=48

      # ## Training

      train $steps
      plot loss loss.png

      # ## How well it does on lengths it has not seen

      let r = test lengths=32,64
      assert $r.accuracy[32] > 0.3

      """
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return Notebook(
      file: file,
      hasByteOrderMark: false,
      lines: lines.enumerated().map { index, line in
        NotebookLine(
          kind: index == 0 ? .version : NotebookLine.bodyKind(of: line.utf8),
          text: String(line),
          ending: .lineFeed
        )
      }
    )
  }
}
