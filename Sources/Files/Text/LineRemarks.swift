/// What was skipped or changed in a file of lines that is read all the same: one remark for each kind, with how often
/// and where first.
package struct LineRemarks: Sendable {
  /// A kind of deviation.
  private struct Kind {
    let text: String
    let isLoss: Bool
    let first: Int
    var count = 0
  }

  /// What the parts of the file are called, such as `line`.
  private let unit: String
  private var kinds: [Kind] = []
  private var whole: [String] = []

  /// - Parameter unit: what a part of the file is called.
  package init(unit: String = "line") {
    self.unit = unit
  }

  /// Whether something that belongs to the result may be missing.
  package var areOfLoss: Bool { kinds.contains(where: \.isLoss) || !whole.isEmpty }

  /// Takes note of a line that is skipped.
  ///
  /// - Parameter reason: what is wrong with it, without its values, so that equal faults are one remark.
  package mutating func skip(_ number: Int, _ reason: String) {
    add(number, reason, isLoss: true)
  }

  /// Takes note of a line that is read in another way than it stands there.
  ///
  /// - Parameter what: is done, as a sentence of its own.
  package mutating func change(_ number: Int, _ what: String) {
    add(number, what, isLoss: false)
  }

  /// Takes note of a loss that is about the whole file.
  package mutating func miss(_ text: String) { whole.append(text) }

  /// Takes over the remarks of another part of the reading.
  package mutating func add(_ other: LineRemarks) {
    kinds += other.kinds
    whole += other.whole
  }

  private mutating func add(_ number: Int, _ text: String, isLoss: Bool) {
    let index = kinds.firstIndex { $0.text == text && $0.isLoss == isLoss } ?? kinds.count
    if index == kinds.count { kinds.append(Kind(text: text, isLoss: isLoss, first: number)) }
    kinds[index].count += 1
  }

  /// How many lines were skipped.
  package var skipped: Int { kinds.reduce(0) { $0 + ($1.isLoss ? $1.count : 0) } }

  /// The remarks in the order in which their kinds were met.
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
