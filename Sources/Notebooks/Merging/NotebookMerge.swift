/// Two notebooks with a common base, merged cell by cell.
package struct NotebookMerge: Sendable {
  /// The conflict marks.
  package struct Marks: Sendable {
    /// The length of the marks in characters.
    package var size = 7
    /// The labels of the two sides.
    package var ours = "ours"
    package var theirs = "theirs"

    package init() {}

    fileprivate func mark(_ sign: Character, _ label: String = "") -> String {
      String(repeating: sign, count: max(1, size)) + (label.isEmpty ? "" : " " + label)
    }
  }

  /// The bytes of the merged notebook, with conflict marks.
  package let bytes: [UInt8]
  /// The number of conflicts.
  package let conflicts: Int

  /// Merges two notebooks.
  ///
  /// A cell that one side changed is taken from that side, and so is recorded output. Output recorded on both sides is
  /// the same if its compared lines are.
  ///
  /// - Parameters:
  ///   - base: the common base; nil if each side is a new notebook.
  ///   - ours: the notebook into which the other is merged; its facts stay.
  ///   - theirs: the other notebook.
  ///   - facts: keys of the header that are never in conflict.
  ///   - marks: the conflict marks.
  ///   - evaluator: divides code into cells.
  package init(
    base: Notebook?,
    ours: Notebook,
    theirs: Notebook,
    facts: [String],
    marks: Marks = Marks(),
    groupedBy evaluator: any NotebookEvaluator
  ) {
    var merger = Merger(marks: marks, ending: ours.lines.first?.ending ?? .lineFeed)
    merger.takeHeader(base: base, ours: ours, theirs: theirs, facts: facts)
    let units = [base, ours, theirs].map { $0.map { MergeUnit.units(of: $0, evaluator) } ?? [] }
    merger.take(base: units[0], ours: units[1], theirs: units[2])
    conflicts = merger.conflicts
    bytes = (ours.hasByteOrderMark ? Notebook.byteOrderMark : []) + merger.bytes
  }
}

/// Lines that are merged as a unit: a cell, or one line that belongs to none.
struct MergeUnit {
  let lines: [NotebookLine]
  /// The recorded output below a cell.
  let output: [NotebookLine]
  let isCell: Bool

  /// Returns true if the units are the same except for their output.
  func isSame(as other: MergeUnit) -> Bool {
    isCell == other.isCell && lines.map(\.text) == other.lines.map(\.text)
  }

  /// Returns true if the output is the same except for volatile lines.
  func hasSameOutput(as other: MergeUnit) -> Bool {
    Self.compared(output) == Self.compared(other.output)
  }

  private static func compared(_ lines: [NotebookLine]) -> [String] {
    lines.filter { $0.kind != .volatile }.map(\.text.withoutTrailingBlanks)
  }

  /// Returns the units of a notebook below its header.
  static func units(of notebook: Notebook, _ evaluator: any NotebookEvaluator) -> [MergeUnit] {
    let cells = notebook.cells(groupedBy: evaluator)
    var units: [MergeUnit] = []
    var next = cells[...]
    var index =
      notebook.lines.firstIndex { $0.kind != .version && $0.kind != .header }
      ?? notebook.lines.count
    let taken = Set(cells.flatMap(\.outputLines))
    while index < notebook.lines.count {
      if let cell = next.first, cell.lines.lowerBound == index {
        next.removeFirst()
        units.append(
          MergeUnit(
            lines: Array(notebook.lines[cell.lines]),
            output: cell.outputLines.map { notebook.lines[$0] },
            isCell: true
          )
        )
        index = cell.lines.upperBound
      } else {
        if !taken.contains(index) {
          units.append(MergeUnit(lines: [notebook.lines[index]], output: [], isCell: false))
        }
        index += 1
      }
    }
    return units
  }
}

/// Assembles the lines of a merged notebook.
private struct Merger {
  let marks: NotebookMerge.Marks
  /// The line ending of marks and of lines without one.
  let ending: NotebookLine.Ending
  private var lines: [NotebookLine] = []
  private(set) var conflicts = 0

  init(marks: NotebookMerge.Marks, ending: NotebookLine.Ending) {
    self.marks = marks
    self.ending = ending == .none ? .lineFeed : ending
  }

  /// All lines as bytes; only the last line may lack an ending.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for (index, line) in lines.enumerated() {
      bytes += line.text.utf8
      let isBare = line.ending == .none && index + 1 < lines.count
      bytes += (isBare ? ending : line.ending).rawValue.utf8
    }
    return bytes
  }

  // MARK: - Header

  mutating func takeHeader(
    base: Notebook?,
    ours: Notebook,
    theirs: Notebook,
    facts: [String]
  ) {
    lines.append(ours.lines[0])
    var keys: [String] = []
    for line in ours.header + theirs.header where !keys.contains(line.key) { keys.append(line.key) }
    for key in keys {
      let (old, own, other) = (
        base?.headerValues(of: key) ?? [], ours.headerValues(of: key), theirs.headerValues(of: key)
      )
      func header(_ values: [String]) -> [NotebookLine] {
        values.map { NotebookLine(kind: .header, text: "\(key): \($0)", ending: ending) }
      }
      if own == other || other == old {
        lines += header(own)
      } else if own == old {
        lines += header(other)
      } else if facts.contains(key) {
        lines += header(own.isEmpty ? other : own)
      } else {
        addConflict(header(own), header(other))
      }
    }
  }

  // MARK: - Cells and prose

  mutating func take(base: [MergeUnit], ours: [MergeUnit], theirs: [MergeUnit]) {
    let (own, other) = (SideChanges(base, ours), SideChanges(base, theirs))
    var start = 0
    for stretch in Self.stretches(own.changes, other.changes, base: base) {
      takeUnchanged(start..<stretch.range.lowerBound, base, own, other)
      start = stretch.range.upperBound
      let mine = own.units(of: stretch.range, stretch.ours)
      let yours = other.units(of: stretch.range, stretch.theirs)
      if stretch.ours.isEmpty {
        add(yours)
      } else if stretch.theirs.isEmpty {
        add(mine)
      } else if Self.areSame(mine, yours) {
        for (own, other) in zip(mine, yours) { add(own, other, base: nil) }
      } else {
        addConflict(mine.flatMap { $0.lines + $0.output }, yours.flatMap { $0.lines + $0.output })
      }
    }
    takeUnchanged(start..<base.count, base, own, other)
  }

  /// A stretch of the base that one or both sides changed.
  private struct Stretch {
    var range: Range<Int>
    var ours: [SideChanges.Change]
    var theirs: [SideChanges.Change]
    /// True if only cells and blank lines change, which mean the same whatever is beside them.
    var standsAlone: Bool

    /// Returns true if another stretch, which begins no earlier, must be joined with this one.
    func belongs(with other: Stretch) -> Bool {
      if other.range.lowerBound < range.upperBound || other.range == range { return true }
      return other.range.lowerBound == range.upperBound && !(standsAlone && other.standsAlone)
    }
  }

  /// Returns the changes of both sides, joined if they overlap, or if they touch and do not stand alone.
  private static func stretches(
    _ ours: [SideChanges.Change],
    _ theirs: [SideChanges.Change],
    base: [MergeUnit]
  ) -> [Stretch] {
    func stretch(_ change: SideChanges.Change, isOurs: Bool) -> Stretch {
      Stretch(
        range: change.range,
        ours: isOurs ? [change] : [],
        theirs: isOurs ? [] : [change],
        standsAlone: base[change.range].allSatisfy(\.standsAlone)
          && change.units.allSatisfy(\.standsAlone)
      )
    }
    let sorted =
      (ours.map { stretch($0, isOurs: true) } + theirs.map { stretch($0, isOurs: false) })
      .sorted {
        ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
      }
    return sorted.reduce(into: []) { stretches, next in
      guard let last = stretches.last, last.belongs(with: next) else {
        return stretches.append(next)
      }
      stretches[stretches.count - 1] = Stretch(
        range: last.range.lowerBound..<max(last.range.upperBound, next.range.upperBound),
        ours: last.ours + next.ours,
        theirs: last.theirs + next.theirs,
        standsAlone: last.standsAlone && next.standsAlone
      )
    }
  }

  private mutating func takeUnchanged(
    _ range: Range<Int>,
    _ base: [MergeUnit],
    _ own: SideChanges,
    _ other: SideChanges
  ) {
    for index in range {
      guard let mine = own.unit(at: index), let yours = other.unit(at: index) else { continue }
      add(mine, yours, base: base[index])
    }
  }

  private static func areSame(_ first: [MergeUnit], _ second: [MergeUnit]) -> Bool {
    first.count == second.count && zip(first, second).allSatisfy { $0.isSame(as: $1) }
  }

  private mutating func add(_ units: [MergeUnit]) {
    lines += units.flatMap { $0.lines + $0.output }
  }

  /// Adds a unit that both sides have, with the output of the side that changed it.
  private mutating func add(_ own: MergeUnit, _ other: MergeUnit, base: MergeUnit?) {
    lines += own.lines.last?.ending == NotebookLine.Ending.none ? other.lines : own.lines
    if own.hasSameOutput(as: other) || other.output.isEmpty && base == nil {
      lines += own.output
    } else if own.output.isEmpty && base == nil {
      lines += other.output
    } else if let base, other.hasSameOutput(as: base) {
      lines += own.output
    } else if let base, own.hasSameOutput(as: base) {
      lines += other.output
    } else {
      addConflict(own.output, other.output)
    }
  }

  private mutating func addConflict(_ ours: [NotebookLine], _ theirs: [NotebookLine]) {
    conflicts += 1
    add(mark: marks.mark("<", marks.ours))
    lines += ours
    add(mark: marks.mark("="))
    lines += theirs
    add(mark: marks.mark(">", marks.theirs))
  }

  private mutating func add(mark: String) {
    lines.append(NotebookLine(kind: .code, text: mark, ending: ending))
  }
}

/// A side's changes to the base.
private struct SideChanges {
  /// Units of a side that replace units of the base.
  struct Change {
    /// The indices of the replaced units; empty for new units.
    let range: Range<Int>
    let units: ArraySlice<MergeUnit>
  }

  let changes: [Change]
  private let side: [MergeUnit]
  /// The index in the side of each unit of the base; nil for those that it lacks.
  private let places: [Int?]

  init(_ base: [MergeUnit], _ side: [MergeUnit]) {
    let pairs = CommonSubsequence.pairs(base.count, side.count) { base[$0].isSame(as: side[$1]) }
    var places = [Int?](repeating: nil, count: base.count)
    var changes: [Change] = []
    var start = (0, 0)
    for (i, j) in pairs + [(base.count, side.count)] {
      if start.0 < i || start.1 < j {
        changes.append(Change(range: start.0..<i, units: side[start.1..<j]))
      }
      if i < base.count { places[i] = j }
      start = (i + 1, j + 1)
    }
    self.changes = changes
    self.side = side
    self.places = places
  }

  func unit(at index: Int) -> MergeUnit? { places[index].map { side[$0] } }

  /// Returns the side's units for a stretch of the base that contains the given changes whole, and no others.
  func units(of range: Range<Int>, _ changes: [Change]) -> [MergeUnit] {
    var units: [MergeUnit] = []
    var index = range.lowerBound
    for change in changes {
      units += (index..<change.range.lowerBound).compactMap(unit)
      units += change.units
      index = change.range.upperBound
    }
    return units + (index..<range.upperBound).compactMap(unit)
  }
}

extension MergeUnit {
  /// True if it means the same whatever is beside it, unlike lines of prose.
  fileprivate var standsAlone: Bool { isCell || lines.allSatisfy { $0.kind == .blank } }
}

extension Notebook {
  /// Returns the text that a person reads in a comparison: without times and other facts, and without the
  /// header except for the environment.
  package func comparedText(facts: [String]) -> String {
    lines.filter { line in
      switch line.kind {
      case .volatile: false
      case .header: HeaderLine(line.text.utf8).map { !facts.contains($0.key) } ?? true
      case .version, .prose, .blank, .code, .stable, .failure: true
      }
    }.map { $0.text + "\n" }.joined()
  }
}
