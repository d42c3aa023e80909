/// Remarks on what was skipped or changed in a readable file of lines: one for each kind, with its count and first line.
package struct LineRemarks: Sendable {
  /// A kind of deviation.
  private struct Kind {
    let text: String
    let isLoss: Bool
    let first: Int
    var count = 0
  }

  /// The name of a part of the file, such as `line`.
  private let unit: String
  private var kinds: [Kind] = []
  private var whole: [String] = []

  /// - Parameter unit: the name of a part of the file.
  package init(unit: String = "line") {
    self.unit = unit
  }

  /// True if something that belongs to the result may be missing.
  package var areOfLoss: Bool { kinds.contains(where: \.isLoss) || !whole.isEmpty }

  /// Records a line that is skipped.
  ///
  /// - Parameter reason: what is wrong with it, without its values, so that equal faults become one remark.
  package mutating func skip(_ number: Int, _ reason: String) {
    add(number, reason, isLoss: true)
  }

  /// Records a line that is read differently from how it is written.
  ///
  /// - Parameter what: the change, as a complete sentence.
  package mutating func change(_ number: Int, _ what: String) {
    add(number, what, isLoss: false)
  }

  /// Records a loss that concerns the whole file.
  package mutating func miss(_ text: String) { whole.append(text) }

  /// Adds the remarks of another part of the reading.
  package mutating func add(_ other: LineRemarks) {
    kinds += other.kinds
    whole += other.whole
  }

  private mutating func add(_ number: Int, _ text: String, isLoss: Bool) {
    let index = kinds.firstIndex { $0.text == text && $0.isLoss == isLoss } ?? kinds.count
    if index == kinds.count { kinds.append(Kind(text: text, isLoss: isLoss, first: number)) }
    kinds[index].count += 1
  }

  /// The number of lines that were skipped.
  package var skipped: Int { kinds.reduce(0) { $0 + ($1.isLoss ? $1.count : 0) } }

  /// The remarks, in order of the first occurrence of their kinds.
  package var texts: [String] {
    kinds.map { kind in
      switch (kind.isLoss, kind.count) {
      case (true, 1): "\(unit) \(kind.first) skipped: \(kind.text)"
      case (true, let count):
        "\(count) \(unit)s skipped, the first is \(unit) \(kind.first): \(kind.text)"
      case (false, 1): "\(unit) \(kind.first): \(kind.text)"
      case (false, let count):
        "\(count) \(unit)s, the first is \(unit) \(kind.first): \(kind.text)"
      }
    } + whole
  }
}
