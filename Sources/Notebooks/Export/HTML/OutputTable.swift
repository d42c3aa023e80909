/// A part of recorded output: lines, or lines that form a table.
enum OutputPart: Equatable {
  case lines(ArraySlice<String>)
  case table(OutputTable)

  /// Divides lines into parts, in order.
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

/// Lines whose words form columns, the first line being the heading.
///
/// Each column is aligned left or right in all rows, columns are at least two blanks apart, and in one of
/// them everything below the heading begins with a digit or a minus sign.
struct OutputTable: Equatable {
  /// The texts of the cells as they appear in the lines; empty where a row has none.
  private(set) var rows: [[String]] = []
  /// True for each column that is aligned right.
  private(set) var isRight: [Bool] = []

  static let fewestRows = 3
  /// The length in bytes above which a line is not part of a table.
  private static let longestLine = 400

  /// Reads the table that begins the lines, with as many rows as belong to it; nil if there is none.
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
      // A column whose texts all have the same length is aligned according to its content.
      return columns[column].start == nil || columns[column].end != nil && isNumeric
    }
  }

  /// A column while rows are added.
  private struct Column {
    /// The range that its words cover in any row.
    var range: Range<Int>
    /// The index at which its words begin in all rows; nil if it differs between rows.
    var start: Int?
    /// The index at which its words end in all rows; nil if it differs between rows.
    var end: Int?
  }

  private static func beginsNumber(_ character: Character) -> Bool {
    character.isASCII && character.isNumber || character == "-" || character == "−"
  }

  /// Returns the characters of lines that may be rows of a table; nil if one of them may not.
  private static func characters(of lines: ArraySlice<String>) -> [[Character]]? {
    let cells = lines.compactMap { characters(of: $0) }
    return cells.count == lines.count && cells.count >= fewestRows ? cells : nil
  }

  private static func characters(of line: String) -> [Character]? {
    guard line.utf8.count <= longestLine, line.contains("  ") else { return nil }
    let isDrawn = line.unicodeScalars.contains { 0x2500...0x259F ~= $0.value || $0 == "\t" }
    return isDrawn ? nil : Array(line)
  }

  /// Returns the columns of text between which all lines have at least two blanks.
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

  /// Adds a row to the columns; returns nil if it does not fit.
  private static func take(_ line: [Character], into columns: inout [Column]) -> [String]? {
    var new = columns
    var row: [String] = []
    var place = 0
    for index in columns.indices {
      // The column's words may extend into the blanks around it, but not up to the next column.
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
