/// Finds the lines that the statements of a text take.
package enum LineGroups {
  /// Returns the ranges of lines, from 0, that the outermost statements take.
  ///
  /// Statements that share a line form one group. A statement with errors has a group as well. A line with only
  /// whitespace or a comment belongs to a group only inside a statement.
  package static func ranges(of text: String, rawTailCommands: Set<String>) -> [Range<Int>] {
    let source = Source(name: "", text: text)
    return ranges(of: Parser.parse(source, rawTailCommands: rawTailCommands))
  }

  /// Returns the same ranges for a text that has been parsed.
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
