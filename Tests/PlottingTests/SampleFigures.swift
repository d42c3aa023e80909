import Glibc
import Plotting

/// Figures like those the workbench makes, from made-up but fixed data.
enum SampleFigures {
  /// All samples by name.
  static let all: [(name: String, figure: Figure)] = [
    ("learning-curve", learningCurve), ("runs", runs), ("accuracy-over-length", lengths),
    ("heat-map", heatMap), ("empty", empty), ("one-point", onePoint), ("bars", bars),
    ("two-axes", twoAxes), ("drawing", drawing), ("grid", grid), ("piano-roll", pianoRoll),
    ("crowded", crowded),
  ]

  /// A repeatable number from −1 to 1.
  static func noise(_ index: Int) -> Double {
    var bits = UInt64(truncatingIfNeeded: index) &* 0x9E37_79B9_7F4A_7C15
    bits ^= bits >> 29
    bits &*= 0xBF58_476D_1CE4_E5B9
    bits ^= bits >> 32
    return Double(bits >> 11) / 4_503_599_627_370_496 - 1
  }

  static let steps = (0...1000).map { Double($0 * 2) }

  static func loss(_ step: Double, speed: Double) -> Double {
    0.68 * exp(-step / speed) + 0.002 + 0.05 * exp(-step / 900)
  }

  static var learningCurve: Figure {
    let losses = steps.map { loss($0, speed: 240) * exp(0.35 * noise(Int($0))) }
    let accuracies = steps.map { step in
      min(1, 1 - 0.52 * exp(-step / 300) + 0.03 * noise(Int(step) + 9999) * exp(-step / 700))
    }
    return Figure(
      title: "Binary addition: learning curve",
      subtitle: "rse, 96 maps, 2 blocks · lengths 8…64 · batch 32 · seed 7",
      panels: [
        Panel(
          x: Axis("", ticks: .automatic),
          y: Axis("loss", unit: "nats", scale: .log10),
          series: Series.smoothed("running mean", x: steps, y: losses, index: 0, span: 30)
        ),
        Panel(
          x: Axis("step"),
          y: Axis("accuracy", format: .percent),
          series: Series.smoothed("running mean", x: steps, y: accuracies, index: 2, span: 30),
          lines: [ReferenceLine(.y, at: 1)]
        ),
      ],
      footnote: "loss.png · rse 0.1.0 · kernels avx512 · weights 3f9a12c07be4"
    )
  }

  static var runs: Figure {
    let series = [24, 48, 96, 192].enumerated().flatMap { index, maps in
      Series.smoothed(
        "\(maps) maps",
        x: steps,
        y: steps.map {
          loss($0, speed: 600 / Double(index + 1)) * exp(0.3 * noise(Int($0) + index * 5000))
        },
        index: index,
        span: 40
      )
    }
    return Figure(
      title: "How many feature maps are needed?",
      subtitle: "Loss while learning binary addition",
      panels: [
        Panel(x: Axis("step"), y: Axis("loss", unit: "nats"), series: series)
      ]
    )
  }

  static var lengths: Figure {
    let lengths = (3...12).map { exp2(Double($0)) }
    func accuracy(_ half: Double) -> [Double] { lengths.map { 0.5 + 0.5 / (1 + $0 / half) } }
    return Figure(
      title: "Accuracy over length",
      subtitle: "Trained on lengths up to 64",
      panels: [
        Panel(
          x: Axis("length", unit: "symbols", scale: .log2),
          y: Axis("accuracy", upper: 1.02, format: .percent),
          series: [
            Series(
              "residual shuffle-exchange",
              x: lengths,
              y: accuracy(20_000),
              form: .lineAndMarkers
            ),
            Series(
              "shuffle-exchange",
              x: lengths,
              y: accuracy(1500),
              form: .lineAndMarkers,
              marker: .square
            ),
            Series(
              "Transformer",
              x: lengths,
              y: accuracy(120),
              form: .lineAndMarkers,
              marker: .triangle
            ),
          ],
          lines: [
            ReferenceLine(.y, at: 1, label: "all symbols right"),
            ReferenceLine(.y, at: 0.5, label: "chance"),
          ],
          bands: [ReferenceBand(.x, 8...64)],
          annotations: [Annotation(x: 512, y: accuracy(1500)[6], "87 % at 512")]
        )
      ]
    )
  }

  static var heatMap: Figure {
    let (rows, columns) = (48, 128)
    let values = (0..<rows * columns).map { index -> Float in
      let (row, column) = (Double(index / columns), Double(index % columns))
      return Float(sin(row / 5) * cos(column / 11) * exp(-column / 200))
    }
    return Figure(
      title: "Activations after layer 7",
      subtitle: "rse, length 128; first 48 of 96 maps",
      panels: [
        Panel(
          x: Axis("position"),
          y: Axis("map"),
          heatMap: HeatMap(
            rows: rows,
            columns: columns,
            values: values,
            colorMap: .diverging,
            colorAxis: Axis("activation", lower: -1, upper: 1)
          )
        )
      ]
    )
  }

  static var empty: Figure {
    Figure(
      title: "Learning curve",
      panels: [Panel(x: Axis("step"), y: Axis("loss"), series: [Series("loss", x: [], y: [])])]
    )
  }

  static var onePoint: Figure {
    Figure(
      title: "Learning curve after one step",
      panels: [
        Panel(x: Axis("step"), y: Axis("loss"), series: [Series("rse", x: [1], y: [0.6931])])
      ]
    )
  }

  static var bars: Figure {
    let names = ["rse", "se", "gru", "transformer"]
    return Figure(
      title: "Time per step",
      panels: [
        Panel(
          x: Axis(ticks: .labelled(names.enumerated().map { Tick(Double($0), $1) })),
          y: Axis("time", unit: "ms"),
          series: [
            Series("forward", x: [0, 1, 2, 3], y: [12, 18, 140, 35], form: .bars),
            Series("backward", x: [0, 1, 2, 3], y: [21, 35, 260, 71], form: .bars),
          ]
        )
      ]
    )
  }

  static var twoAxes: Figure {
    let x = (0...50).map { Double($0) * 20_000 }
    return Figure(
      title: "Loss and learning rate",
      panels: [
        Panel(
          x: Axis("symbols seen"),
          y: Axis("loss", unit: "nats"),
          secondY: Axis("learning rate"),
          series: [
            Series(
              "loss",
              x: x,
              y: x.enumerated().map { (15...18).contains($0) ? .nan : exp(-$1 / 3e5) }
            ),
            Series(
              "learning rate",
              x: x,
              y: x.map { 5e-4 * (1 - $0 / 1e6) },
              form: .steps,
              dash: .dashed,
              onSecondAxis: true
            ),
          ]
        )
      ]
    )
  }

  static var drawing: Figure {
    var list = DrawList(size: Size(400, 200))
    let ink = Theme.light.text
    for row in 0..<4 {
      for column in 0..<5 {
        let x = 40 + Double(column) * 80
        let y = 30 + Double(row) * 46
        if column < 4 {
          let target = 30 + Double((row * 2 + row / 2) % 4) * 46
          list.line(from: Point(x + 14, y), to: Point(x + 66, target), Stroke(ink, width: 1))
        }
        list.rectangle(
          Rect(x: x - 14, y: y - 12, width: 28, height: 24),
          radius: 4,
          fill: Theme.light.color(at: row % 2).opacity(0.25),
          stroke: Stroke(ink, width: 1)
        )
        list.text(
          "\(row)",
          at: Point(x, y),
          TextStyle(size: 10, color: ink),
          anchor: TextAnchor(.centre, .middle)
        )
      }
    }
    return Figure(title: "A shuffle", panels: [Panel(drawing: list)])
  }

  static var grid: Figure {
    let panels = ["badd", "bmul", "sort", "rev"].enumerated().map { index, task in
      Panel(
        title: task,
        x: Axis("step"),
        y: Axis("accuracy", format: .percent),
        series: (0..<2).map { run in
          Series(
            "seed \(run)",
            x: steps,
            y: steps.map { 1 - 0.5 * exp(-$0 / Double(200 * (index + 1) * (run + 1))) }
          )
        },
        lines: [ReferenceLine(.y, at: 1)]
      )
    }
    return Figure(title: "Four tasks", panels: panels, columns: 2)
  }

  static var pianoRoll: Figure {
    let (rows, columns) = (60, 6000)
    var values = [Float](repeating: 0, count: rows * columns)
    for note in 0..<220 {
      let row = Int((noise(note) + 1) * 29)
      for column in (note * 26)..<min(columns, note * 26 + 60) {
        values[row * columns + column] = Float(0.6 + 0.4 * noise(note + 1000))
      }
    }
    return Figure(
      title: "Transcription",
      panels: [
        Panel(
          x: Axis("time", unit: "s"),
          y: Axis("pitch", ticks: .labelled((0..<5).map { Tick(Double($0 * 12), "C\($0 + 2)") })),
          series: [Series("onset", x: [3, 10, 25], y: [20, 30, 40], form: .markers)],
          heatMap: HeatMap(
            rows: rows,
            columns: columns,
            values: values,
            xExtent: 0...60,
            colorMap: .veil(Theme.light.color(at: 0)),
            colorAxis: Axis("probability", lower: 0, upper: 1, format: .percent),
            reduction: .maximum
          )
        )
      ]
    )
  }

  static var crowded: Figure {
    Figure(
      title: "Ten runs whose curves leave no corner free, with a title that is so long that it has "
        + "to be broken into lines to fit the width of the canvas",
      subtitle: "each a sine with its own phase",
      panels: [
        Panel(
          x: Axis("time", unit: "s"),
          y: Axis("value"),
          series: (0..<10).map { run in
            Series(
              "run \(run) with phase \(run)/10",
              x: (0...300).map { Double($0) / 10 },
              y: (0...300).map { sin(Double($0) / 10 + Double(run) / 1.6) }
            )
          }
        )
      ]
    )
  }
}
