import Plotting

/// A figure of the results of `speed`.
struct SpeedFigure {
  let run: SpeedReport

  var figure: Figure {
    Figure(
      title: "Speed of training steps and forward passes",
      subtitle: "\(run.environment), \(run.threads) threads",
      panels: [products] + (run.scaling.count > 1 ? [growth] : []),
      size: Size(820, run.scaling.count > 1 ? 560 : 340)
    )
  }

  private var products: Panel {
    Panel(
      x: Axis(
        "configuration",
        ticks: .labelled(
          run.results.indices.map { Tick(Double($0 + 1), shortName(run.results[$0].name)) }
        )
      ),
      y: Axis("GFLOP/s", lower: 0),
      series: [
        Series(
          "matrix products, median step",
          x: run.results.indices.map { Double($0 + 1) },
          y: run.results.map(\.gigaflops),
          form: .bars
        )
      ],
      legend: .none,
      lines: (run.sgemmPeak.map { [ReferenceLine(.y, at: $0, label: "sgemm alone", dash: .dashed)] }
        ?? []) + [ReferenceLine(.y, at: run.packedPeak, label: "packed products alone")]
    )
  }

  private var growth: Panel {
    Panel(
      x: Axis("positions n", scale: .log2),
      y: Axis("ns per position and level", lower: 0),
      series: [
        Series(
          "forward pass, m = 96",
          x: run.scaling.map { Double($0.length) },
          y: run.scaling.map(\.nanoseconds),
          form: .lineAndMarkers
        )
      ],
      legend: .none
    )
  }

  /// Shortens `train m=96 n=8,16,32,64 B=32` to `m=96 n=8…64 B=32` for the axis.
  private func shortName(_ name: String) -> String {
    name.split(separator: " ").dropFirst().map { word in
      let lengths = word.split(separator: ",")
      guard let first = lengths.first, let last = lengths.last, lengths.count > 1 else {
        return String(word)
      }
      return "\(first)…\(last)"
    }.joined(separator: " ")
  }
}
