import CommandLanguage
import Plotting
import TestSupport
import Testing

@testable import Figures
@testable import Sessions
@testable import Workbench

@Suite("Axes of figures") struct FigureAxesTests {
  @Test(
    "the axis of a comparison spans the values, and zero where it is near",
    arguments: [
      ([0.95, 0.99], 0.94, 1.0), ([0.4, 0.6], 0.37, 0.63), ([0.02, 0.5], -0.03, 0.572),
      ([0.97], 0.96, 0.98), ([0.0, 1.0], -0.03, 1.04),
    ]
  )
  func comparison(values: [Double], lower: Double, upper: Double) throws {
    let rows = values.enumerated().map { index, value in
      LastComparison.Row(
        name: "\(index)",
        parameters: 1000 << index,
        seconds: 1,
        measure: ComparedScore.Measure(.number(8), title: "8", value),
        about: "add",
        step: 1
      )
    }
    let figure = ComparisonFigure(rows: rows, x: .parameters, title: nil).figure
    let axis = try #require(figure.panels.first?.y)
    #expect(abs((axis.lower ?? 9) - lower) < 0.005 && abs((axis.upper ?? 9) - upper) < 0.005)
    for value in values { #expect((axis.lower ?? 9) < value && value < (axis.upper ?? 0)) }
  }

  @Test("images of activations number positions, with their symbols, and maps", arguments: [8, 64])
  func activations(length: Int) throws {
    let test = try TestSession()
    test.submit("data rev lengths=\(length); model rse maps=4 blocks=1")
    test.submit(
      "trace \((1...length - 1).map { String($0 % 9 + 1) }.joined(separator: " ")) quiet=on"
    )
    #expect(test.diagnostics.isEmpty)
    let slot = try test.session.model(named: nil)
    let traced = try #require(slot.traced)
    let figure = ActivationsFigure(traced: traced, name: "rse", title: nil).figure
    let drawing = try #require(figure.panels.first?.drawing)
    let numbers = drawing.texts.filter { $0.style.size == 7.5 }
    let positions = numbers.filter { $0.anchor.horizontal == .right }
    let first = positions.prefix { $0.position.y >= positions[0].position.y }.map(\.text)
    // As many as stand on a tile of 48 to 150 points; the step is a power of two.
    let step = length == 8 ? 1 : 4
    let expected = stride(from: 0, to: length, by: step).map { position in
      "\(position): " + (position < length - 1 ? String((position + 1) % 9 + 1) : "_")
    }
    #expect(Array(first.prefix(length / step)) == expected)
    let maps = numbers.filter { $0.anchor.vertical == .top }.map(\.text)
    #expect(maps.prefix(4) == ["0", "1", "2", "3"])
    let boxes = drawing.texts.map(\.bounds)
    let canvas = Rect(x: 0, y: 0, width: drawing.size.width, height: drawing.size.height)
    for (index, box) in boxes.enumerated() {
      #expect(canvas.contains(box), "\(drawing.texts[index].text)")
      for other in boxes[(index + 1)...] { #expect(!box.overlaps(other)) }
    }
  }
}
