/// A part of recorded output: lines, or lines that form a table.
enum OutputPart: Equatable {
  case lines(ArraySlice<String>)
  case table(OutputTable)

  /// The parts of lines, in order.
  static func parts(of lines: [String]) -> [OutputPart] {
    var parts: [OutputPart] = []
    var start = 0
    var index = 0
    while index + OutputTable.fewestRows <= lines.count {
      guard let table = OutputTable(beginning: lines[index...]) else {
        index += 1
        continue
      }
      if start < index { parts.append(.lines(lines[start..<index])) }
      parts.append(.table(table))
      index += table.rows.count
      start = index
    }
    if start < lines.count { parts.append(.lines(lines[start...])) }
    return parts
  }
}

/// Lines whose words stand in columns, the first one a heading.
///
/// A column is set to the left or to the right in all rows, two blanks at least are between columns, and in one of
/// them everything below the heading begins with a digit.
struct OutputTable: Equatable {
  /// The texts of the cells, as they stand in the lines; empty where a row has none.
  private(set) var rows: [[String]] = []
  /// Whether each column is set to the right.
  private(set) var isRight: [Bool] = []

  static let fewestRows = 3
  /// Longer lines are no tables that anyone reads.
  private static let longestLine = 400

  /// The table that the first lines are, as many as belong to it; nil if they are none.
  init?(beginning lines: ArraySlice<String>) {
    guard let first = Self.characters(of: lines.prefix(Self.fewestRows)) else { return nil }
    var columns = Self.columns(of: first)
    guard columns.count > 1 else { return nil }
    for line in first {
      guard let row = Self.take(line, into: &columns) else { return nil }
      rows.append(row)
    }
    for line in lines.dropFirst(Self.fewestRows) {
      guard let line = Self.characters(of: line), let row = Self.take(line, into: &columns) else {
        break
      }
      rows.append(row)
    }
    let hasNumbers = columns.indices.contains { column in
      rows.dropFirst().allSatisfy { $0[column].first.map(Self.beginsNumber) ?? false }
    }
    guard hasNumbers, rows[0].last?.isEmpty == false || rows[0].count(where: { !$0.isEmpty }) > 1,
      !(rows[0][0].first.map(Self.beginsNumber) ?? false)
    else { return nil }
    isRight = columns.indices.map { column in
      let isNumeric = rows.dropFirst().allSatisfy {
        $0[column].isEmpty || $0[column].first.map(Self.beginsNumber) ?? true
      }
      // A column in which all texts are equally long is set as what it holds.
      return columns[column].start == nil || columns[column].end != nil && isNumeric
    }
  }

  /// A column while rows are added to it.
  private struct Column {
    /// The places that its words take in any row.
    var range: Range<Int>
    /// Where its words begin in all rows; nil if they do not begin at one place.
    var start: Int?
    /// Where its words end in all rows.
    var end: Int?
  }

  private static func beginsNumber(_ character: Character) -> Bool {
    character.isASCII && character.isNumber || character == "-" || character == "−"
  }

  /// The characters of lines that may be rows of a table; nil if one may not.
  private static func characters(of lines: ArraySlice<String>) -> [[Character]]? {
    let cells = lines.compactMap { characters(of: $0) }
    return cells.count == lines.count && cells.count >= fewestRows ? cells : nil
  }

  private static func characters(of line: String) -> [Character]? {
    guard line.utf8.count <= longestLine, line.contains("  ") else { return nil }
    let isDrawn = line.unicodeScalars.contains { 0x2500...0x259F ~= $0.value || $0 == "\t" }
    return isDrawn ? nil : Array(line)
  }

  /// The places between which all lines have two blanks or more.
  private static func columns(of lines: [[Character]]) -> [Column] {
    let width = lines.map(\.count).max() ?? 0
    let isBlank = (0..<width).map { place in
      lines.allSatisfy { place >= $0.count || $0[place] == " " }
    }
    var columns: [Column] = []
    var start: Int?
    var blanks = 0
    for place in 0..<width + 2 {
      if place < width, !isBlank[place] {
        if start == nil { start = place }
        blanks = 0
        continue
      }
      blanks += 1
      guard blanks == 2, let first = start else { continue }
      columns.append(Column(range: first..<place - 1, start: nil, end: nil))
      start = nil
    }
    return columns
  }

  /// Adds a row to the columns; nil if it does not fit into them.
  private static func take(_ line: [Character], into columns: inout [Column]) -> [String]? {
    var new = columns
    var row: [String] = []
    var place = 0
    for index in columns.indices {
      // The words of the column may reach into the blanks around it, but not up to the next column.
      let limit =
        index + 1 < columns.count ? columns[index + 1].range.lowerBound : max(line.count, place)
      let stretch = place..<max(place, min(limit, line.count))
      guard let first = stretch.first(where: { line[$0] != " " }) else {
        row.append("")
        continue
      }
      var end = first
      var next = first
      while next < line.count, next - end < 2 {
        if line[next] != " " { end = next + 1 }
        next += 1
      }
      let text = String(line[first..<end])
      guard first < columns[index].range.upperBound, end > columns[index].range.lowerBound else {
        row.append("")
        continue
      }
      let old = columns[index]
      let isFirst = old.start == nil && old.end == nil
      new[index].range = min(old.range.lowerBound, first)..<max(old.range.upperBound, end)
      new[index].start = isFirst || old.start == first ? first : nil
      new[index].end = isFirst || old.end == end ? end : nil
      if new[index].start == nil, new[index].end == nil { return nil }
      row.append(text)
      place = end
    }
    let isWhole = line[min(place, line.count)...].allSatisfy { $0 == " " }
    let isApart = zip(new, new.dropFirst()).allSatisfy {
      $0.range.upperBound + 2 <= $1.range.lowerBound
    }
    guard isWhole, isApart, row.count(where: { !$0.isEmpty }) > 1 else { return nil }
    columns = new
    return row
  }
}
