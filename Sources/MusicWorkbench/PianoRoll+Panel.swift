import Audio
import Figures
import Plotting
import Sessions

extension PianoRoll {
  /// Returns the panel of one row.
  func panel(
    _ time: ClosedRange<Double>,
    _ range: ClosedRange<Int>,
    isFirst: Bool,
    isLast: Bool
  ) -> Panel {
    let axes = PitchAxis(range: range)
    var panel = Panel(
      x: Axis(
        isLast ? "time" : "",
        unit: isLast ? "s" : nil,
        lower: time.lowerBound,
        upper: time.upperBound
      ),
      y: axes.axis,
      series: series(time, range, isNamed: isFirst),
      heatMap: heatMap(time, range, showsColorBar: isFirst),
      legend: isFirst ? .above : .none,
      lines: axes.lines,
      bands: axes.bands
    )
    if hasKeyboard { panel.strip = axes.keyboard }
    return panel
  }

  private func series(
    _ time: ClosedRange<Double>,
    _ range: ClosedRange<Int>,
    isNamed: Bool
  ) -> [Series] {
    func boxes(
      _ name: String,
      _ notes: [NoteEvent],
      _ form: Series.Form,
      _ color: Int,
      opacity: Double = 1
    ) -> Series {
      let shown = notes.filter {
        range.contains($0.pitch) && $0.onset < time.upperBound && $0.offset > time.lowerBound
      }
      return Series(
        isNamed ? "\(name) (\(notes.count))" : "",
        x: shown.flatMap {
          [max($0.onset, time.lowerBound), min($0.offset, time.upperBound)]
        },
        y: shown.flatMap { [Double($0.pitch) - 0.5, Double($0.pitch) + 0.5] },
        form: form,
        color: .palette(color),
        width: range.count <= 50 ? 1 : 0.6,
        opacity: opacity
      )
    }
    switch notes {
    case .found(let notes): return [boxes("notes", notes, .frames, 1)]
    case .compared(let verdict):
      return [
        boxes("right", verdict.right, .boxes, 2, opacity: 0.75),
        boxes("extra", verdict.extra, .boxes, 0, opacity: 0.75),
        boxes("missed", verdict.missed, .frames, 1),
      ]
    }
  }

  /// Returns the probabilities of a row; an empty heat map if they are unknown.
  private func heatMap(
    _ time: ClosedRange<Double>,
    _ range: ClosedRange<Int>,
    showsColorBar: Bool
  ) -> HeatMap {
    let edges = (Double(range.lowerBound) - 0.5)...(Double(range.upperBound) + 0.5)
    guard let probabilities else {
      return HeatMap(
        rows: 1,
        columns: 1,
        values: [0],
        xExtent: time,
        yExtent: edges,
        colorMap: colors,
        colorAxis: Axis(lower: 0, upper: 1),
        showsColorBar: false
      )
    }
    // Frame i covers half a frame before and after its time.
    func frame(at second: Double) -> Int {
      let place = (second - probabilities.start) * probabilities.frameRate + 0.5
      return Int(min(Double(probabilities.frames), max(0, place.rounded(.down))))
    }
    func second(of frame: Int) -> Double {
      probabilities.start + (Double(frame) - 0.5) / probabilities.frameRate
    }
    let first = frame(at: time.lowerBound)
    let end = max(first, min(probabilities.frames, frame(at: time.upperBound) + 1))
    var values: [Float] = []
    values.reserveCapacity(range.count * (end - first))
    for pitch in range {
      for frame in first..<end { values.append(probabilities.values[frame * 128 + pitch]) }
    }
    return HeatMap(
      rows: range.count,
      columns: end - first,
      values: values,
      xExtent: second(of: first)...second(of: end),
      yExtent: edges,
      colorMap: colors,
      colorAxis: Axis("probability", lower: 0, upper: 1, format: .percent),
      showsColorBar: showsColorBar,
      reduction: .maximum
    )
  }

  /// The colour map: grey with the three colours of a comparison, otherwise blue.
  private var colors: ColorMap {
    switch notes {
    case .found: .veil(Color(0x3B86C8))
    case .compared: .veil(Color(0x848B95))
    }
  }
}
