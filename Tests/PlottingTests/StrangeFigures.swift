import Plotting

/// Figures from data that a run gone wrong might produce.
enum StrangeFigures {
  static let values: [[Double]] = [
    [0], [1e300, -1e300], [.leastNonzeroMagnitude, .leastNormalMagnitude], [.nan, .nan],
    [.infinity, 1, -.infinity],
    [1, 1, 1], [0, 0], [1e15, 1e15 + 2], [-3, -2, -1], [1e-7, 2e-7, 3e-7],
    [123_456.789, 123_456.79],
    [.greatestFiniteMagnitude, -.greatestFiniteMagnitude], [1e-300, 1e300],
  ]

  static let all: [Figure] = values.flatMap { values -> [Figure] in
    let x = values.indices.map { Double($0) }
    return [Scale.linear, .log10, .log2].flatMap { scale in
      [Series.Form.line, .markers, .steps, .bars].map { form in
        let axis = Axis("a rather long caption of an axis", unit: "parts per million", scale: scale)
        return Figure(
          title: "Strange data in a figure with a title of more than one line, cut at the second",
          subtitle: "\(form)",
          panels: [
            Panel(
              title: "upright",
              x: Axis("step"),
              y: axis,
              series: [Series("one", x: x, y: values, form: form)],
              lines: [ReferenceLine(.y, at: 1, label: "one"), ReferenceLine(.x, at: .nan)],
              bands: [ReferenceBand(.y, 0...1), ReferenceBand(.x, -5...500)]
            ),
            Panel(
              x: axis,
              y: Axis(format: .percent),
              secondY: axis,
              series: [
                Series(
                  "a name that is much too long for any legend " + axis.label,
                  x: values,
                  y: x
                ),
                Series("two", x: x, y: values, form: form, onSecondAxis: true),
              ],
              legend: .bottomLeft,
              annotations: [Annotation(x: 1, y: 1, "here"), Annotation(x: 1, y: 1, "there")]
            ),
            Panel(
              heatMap: HeatMap(
                rows: 1,
                columns: values.count,
                values: values.map { Float($0) },
                colorAxis: axis
              )
            ),
          ],
          columns: 2,
          footnote: "made up"
        )
      }
    }
  }
}
