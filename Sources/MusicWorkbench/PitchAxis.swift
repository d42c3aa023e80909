import Audio
import Figures
import Plotting
import Sessions

/// The vertical axis of a piano roll: pitch names, lines between octaves, and shading at black keys.
struct PitchAxis {
  let range: ClosedRange<Int>

  /// True if there is room for more than the names of octaves.
  private var isNarrow: Bool { range.count <= 22 }

  /// The height of a key in points that suits the labels.
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

  /// The keys of a piano beside their pitches: black keys at the far end, white keys up to the middles of adjacent
  /// black keys.
  var keyboard: AxisStrip {
    let white = (range.lowerBound - 1...range.upperBound + 1).filter { !isBlack($0) }.map { pitch in
      let below = isBlack(pitch + 11) ? 1.0 : 0.5
      let above = isBlack(pitch + 1) ? 1.0 : 0.5
      return AxisStrip.Part(
        Double(pitch) - below...Double(pitch) + above,
        color: Color(0xFFFFFF)
      )
    }
    let black = range.filter(isBlack).map {
      AxisStrip.Part(Double($0) - 0.5...Double($0) + 0.5, reach: 0.6, color: Color(0x2B2F36))
    }
    return AxisStrip(width: isNarrow ? 34 : 22, parts: white + black)
  }

  private func isBlack(_ pitch: Int) -> Bool { [1, 3, 6, 8, 10].contains(pitch % 12) }
}
