import Figures
import Routing
import Sessions
import Wiring

extension RouteBoard {
  /// The network drawn in characters: a line for each position, and below them the wiring of its columns.
  var lines: [String] { [heading] + (0..<wiring.count).map(row) + captions }

  private var width: Int { wiring.count > 10 ? 2 : 1 }
  private var lead: String { width == 1 ? "─" : "" }
  private var gap: String { String(repeating: " ", count: width == 1 ? 4 : 1) }
  /// True if the wires after the last column permute positions, so that the exits have a column of their own.
  private var hasExitColumn: Bool { wiring.form == .omega }

  private var heading: String {
    let names = (1...wiring.columns).map { " column \($0) " }
    let exits = hasExitColumn ? [String(repeating: " ", count: width - 1) + "out"] : []
    return (names + exits).joined(separator: gap).trimmedAtEnd
  }

  private func row(_ position: Int) -> String {
    let cells = (0..<wiring.columns).map { column in
      let state = switches[column][position / 2]
      var out = label(behind[column][position])
      if case .blocked(let output) = state {
        out = filled(output == position % 2 ? "!" : "")
      }
      return label(before[column][position]) + " " + lead
        + state.sign(isUpper: position % 2 == 0) + lead + " " + out
    }
    let exits = hasExitColumn ? [" " + label(before[wiring.columns][position])] : []
    return (cells + exits).joined(separator: gap).trimmedAtEnd
  }

  private func label(_ element: Int?) -> String { filled(element.map(String.init) ?? "") }

  private func filled(_ text: String) -> String {
    String(repeating: " ", count: width - text.count) + text
  }

  // MARK: Wires

  private var captions: [String] {
    let levels = wiring.levels
    var captions: [String] = []
    if levels > 1 {
      switch wiring.form {
      case .benes:
        captions = [
          "shuffle left behind \(columns(.left)): \(arrows([0, 1, 2, 3]))",
          "so upper outputs lead to the upper half, lower ones to the lower half",
          "shuffle right, the way back, behind \(columns(.right))",
        ]
      case .recursive, .waksman:
        captions = [
          "behind column 1 upper outputs lead to the upper half, lower ones to the lower half"
        ]
        if levels > 2 {
          captions.append("and so on in each half; behind the middle all the way back")
        }
        if wiring.form == .waksman { captions.append("wires without a switch always go straight") }
      case .omega:
        let half = wiring.count / 2
        let shown = Set([0, 1, 2, half, half + 1]).sorted()
        captions = ["shuffle right behind each column: \(arrows(shown))"]
      }
    }
    return captions.isEmpty ? [] : [""] + captions
  }

  /// Returns the numbers of the columns that a shuffle follows.
  private func columns(_ shuffle: Shuffle) -> String {
    let numbers = (0..<wiring.columns).filter { wiring.switchColumn($0)?.shuffle == shuffle }
    guard let first = numbers.first, let last = numbers.last, first < last else {
      return "column \(numbers.map { String($0 + 1) }.joined())"
    }
    return "columns \(first + 1) \(last == first + 1 ? "and" : "to") \(last + 1)"
  }

  /// Returns the targets of the wires after the first column from some positions.
  private func arrows(_ places: [Int]) -> String {
    let arrows = places.map { "\($0)→\(wiring.next(from: $0, behind: 0))" }
    return "places " + arrows.joined(separator: " ") + (places.count < wiring.count ? " …" : "")
  }
}

extension RouteBoard.State {
  /// Returns the upper or the lower half of the switch's box.
  fileprivate func sign(isUpper: Bool) -> String {
    switch self {
    case .straight: isUpper ? "┬──┬" : "┴──┴"
    case .crossing: isUpper ? "┬╲╱┬" : "┴╱╲┴"
    case .missing: "────"
    case .open: isUpper ? "┬  ┬" : "┴  ┴"
    case .asked: isUpper ? "┬??┬" : "┴??┴"
    case .blocked: isUpper ? "┬!!┬" : "┴!!┴"
    }
  }
}

extension String {
  /// The text without trailing blanks.
  fileprivate var trimmedAtEnd: String {
    guard let last = lastIndex(where: { $0 != " " }) else { return "" }
    return String(self[...last])
  }
}
