import Foundation
import Plotting

@testable import TerminalPictures

/// Figures to show in terminals, and terminals to show them in.
enum Figures {
  static let all: [(name: String, figure: Figure)] = [
    ("curve", curve), ("bars", bars), ("matrix", matrix), ("markers", markers), ("grid", grid),
    ("two axes", twoAxes), ("empty", Figure(title: "Nothing", panels: [Panel(x: Axis("step"))])),
  ]

  static let styles = BlockStyle.Colors.allCases.flatMap { colors in
    BlockStyle.Characters.allCases.map { BlockStyle(colors: colors, characters: $0) }
  }

  static let steps = (0...200).map(Double.init)

  /// A noisy curve and its mean.
  static var curve: Figure {
    Figure(
      title: "Learning curve",
      subtitle: "Loss while learning · 96 maps …",
      panels: [
        Panel(
          x: Axis("training step"),
          y: Axis("loss", unit: "nats"),
          series: Series.smoothed(
            "mean of the runs",
            x: steps,
            y: steps.map { exp(-$0 / 60) + 0.1 * sin($0 * 12.9898) * exp(-$0 / 90) },
            index: 0,
            span: 20
          ),
          lines: [ReferenceLine(.y, at: 0.5, label: "half")]
        )
      ],
      footnote: "weights 3f9a12c07be4"
    )
  }

  static var bars: Figure {
    let names = ["rse", "se", "gru"]
    return Figure(
      title: "Time per step",
      panels: [
        Panel(
          x: Axis(ticks: .labelled(names.enumerated().map { Tick(Double($0), $1) })),
          y: Axis("time", unit: "ms"),
          series: [
            Series("forward", x: [0, 1, 2], y: [12, 18, 140], form: .bars),
            Series("backward", x: [0, 1, 2], y: [21, 35, 260], form: .bars),
          ]
        )
      ]
    )
  }

  static var matrix: Figure {
    Figure(
      title: "Activations",
      panels: [
        Panel(
          x: Axis("position"),
          y: Axis("map"),
          heatMap: HeatMap(
            rows: 8,
            columns: 16,
            values: (0..<128).map { Float(sin(Double($0) / 9)) },
            colorMap: .diverging,
            colorAxis: Axis("activation", lower: -1, upper: 1)
          )
        )
      ]
    )
  }

  static var markers: Figure {
    Figure(
      title: "Accuracy over length",
      panels: [
        Panel(
          x: Axis("length", scale: .log2),
          y: Axis("accuracy", format: .percent),
          series: Marker.allCases.enumerated().map { index, marker in
            Series(
              "run \(index)",
              x: [8, 16, 32, 64],
              y: [0.9, 0.8, 0.6, 0.5].map { $0 - Double(index) * 0.1 },
              form: .lineAndMarkers,
              marker: marker
            )
          },
          bands: [ReferenceBand(.x, 8...16)],
          annotations: [Annotation(x: 32, y: 0.5, "長さ 32")]
        )
      ]
    )
  }

  static var grid: Figure {
    let panels = (0..<4).map { index in
      Panel(
        title: "task \(index)",
        x: Axis("step"),
        y: Axis("accuracy", format: .percent),
        series: [Series("run", x: steps, y: steps.map { 1 - exp(-$0 / Double(40 + index)) })]
      )
    }
    return Figure(title: "Four tasks", panels: panels, columns: 2)
  }

  static var twoAxes: Figure {
    Figure(
      title: "Loss and rate",
      panels: [
        Panel(
          x: Axis("symbols"),
          y: Axis("loss"),
          secondY: Axis("learning rate"),
          series: [
            Series("loss", x: steps, y: steps.map { exp(-$0 / 50) }),
            Series("rate", x: steps, y: steps.map { 5e-5 * (1 - $0 / 200) }, onSecondAxis: true),
          ]
        )
      ]
    )
  }

  /// A figure as characters.
  static func blocks(
    _ figure: Figure,
    columns: Int = 80,
    rows: Int = 24,
    _ style: BlockStyle = BlockStyle(colors: .none),
    theme: Theme = .light
  ) throws -> String? {
    let screen = TerminalScreen(columns: columns, rows: rows)
    return try TerminalPicture(figure, theme: theme, screen: screen).text(by: .blocks, style: style)
  }
}
