import CommandLanguage

extension OpenDocument {
  /// The edits that make statements match the printer's output.
  ///
  /// A cell stays as it is if the printer would lose part of it (inner comments, prose, blank lines or joined lines),
  /// or if it has errors. Text other than code is never touched.
  var formatting: [TextEdit] {
    analysis.pieces.flatMap { placed -> [TextEdit] in
      let source = placed.source
      return placed.piece.groups.compactMap { group in
        let extent = SourceRange(
          source.range(ofLine: group.lowerBound).lower,
          source.range(ofLine: group.upperBound - 1).upper
        )
        let written = source.text(in: extent)
        guard let formatted = formatted(written), formatted != written else { return nil }
        let first = placed.firstLine + group.lowerBound
        return TextEdit(
          range: range(ofLines: first..<first + group.count),
          newText: formatted
        )
      }
    }
  }

  /// Returns statements that share lines as the printer writes them; nil if that would not preserve all of them.
  private func formatted(_ written: String) -> String? {
    let result = language.registry.parse(Source(name: "", text: written))
    let lines = written.split(separator: "\n", omittingEmptySubsequences: false)
    guard result.diagnostics.isEmpty, !result.script.statements.isEmpty,
      !result.script.parts.contains(where: { $0.kind == .comment }),
      lines.allSatisfy({ line in
        !line.allSatisfy(\.isWhitespace) && !line.hasPrefix("#")
          && !(line.last == "\\" || line.hasSuffix("\\\r"))
      })
    else { return nil }
    let texts = result.script.statements.map { ScriptPrinter.print([$0]).dropLast() }
    // Statements on one line are one cell, and remain one.
    guard texts.count == 1 || texts.allSatisfy({ !$0.contains("\n") }) else { return nil }
    let formatted = texts.joined(separator: "; ")
    let again = language.registry.parse(Source(name: "", text: formatted))
    let cells = LineGroups.ranges(of: again)
    let isCode = formatted.split(separator: "\n", omittingEmptySubsequences: false)
      .allSatisfy { line in line.first.map { !"#|~!".contains($0) } ?? false }
    return again.diagnostics.isEmpty && again.script == result.script && cells.count == 1 && isCode
      ? formatted : nil
  }
}
