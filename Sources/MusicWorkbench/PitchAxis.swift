import Audio
import Figures
import Plotting
import Sessions

/// The vertical axis of a piano roll: names, lines between octaves, and shades where keys are black.
struct PitchAxis {
  let range: ClosedRange<Int>

  /// Whether there is room for more than the names of octaves.
  private var isNarrow: Bool { range.count <= 22 }

  /// The height of a key that suits the labels, in points.
  var keyHeight: Double { isNarrow ? 13 : 3.4 }

  var axis: Axis {
    let named = range.filter { isNarrow ? !isBlack($0) : $0 % 12 == 0 }
    return Axis(
      lower: Double(range.lowerBound) - 0.5,
      upper: Double(range.upperBound) + 0.5,
      ticks: .labelled(named.map { Tick(Double($0), Pitch.name($0)) })
    )
  }

  var lines: [ReferenceLine] {
    range.dropFirst().filter { $0 % 12 == 0 }.map {
      let grey = Color(0x808790).opacity(0.55)
      return ReferenceLine(.y, at: Double($0) - 0.5, dash: .solid, color: .fixed(grey))
    }
  }

  var bands: [ReferenceBand] {
    guard range.count <= 50 else { return [] }
    return range.filter(isBlack).map {
      ReferenceBand(.y, (Double($0) - 0.5)...(Double($0) + 0.5), opacity: 0.07)
    }
  }

  private func isBlack(_ pitch: Int) -> Bool { [1, 3, 6, 8, 10].contains(pitch % 12) }
}
