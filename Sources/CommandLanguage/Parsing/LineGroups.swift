/// Finds the lines that belong to the statements of a text.
package enum LineGroups {
  /// The ranges of line indices, from 0, that hold the statements of the outermost level.
  ///
  /// Statements that share a line are in one group. A statement with errors has a group as well.
  /// Lines with nothing but blanks or a comment belong to a group only inside of a statement.
  package static func ranges(of text: String, rawTailCommands: Set<String>) -> [Range<Int>] {
    let source = Source(name: "", text: text)
    return ranges(of: Parser.parse(source, rawTailCommands: rawTailCommands))
  }

  /// The same for a text that is parsed already.
  package static func ranges(of result: ParseResult) -> [Range<Int>] {
    let source = result.script.source
    var groups: [Range<Int>] = []
    for extent in result.extents {
      let first = source.lineIndex(at: extent.lower)
      let last = source.lineIndex(at: max(extent.lower, extent.upper - 1))
      if let previous = groups.last, previous.upperBound > first {
        groups[groups.count - 1] = previous.lowerBound..<max(previous.upperBound, last + 1)
      } else {
        groups.append(first..<last + 1)
      }
    }
    return groups
  }
}
