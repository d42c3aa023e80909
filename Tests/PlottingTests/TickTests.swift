import Testing

@testable import Plotting

@Suite("Ticks")
struct TickTests {
  /// A domain, the length of its axis in points and the labels it gets.
  struct Row: CustomTestStringConvertible, Sendable {
    let axis: Axis
    let lower: Double
    let upper: Double
    let length: Double
    let isVertical: Bool
    let labels: String

    init(
      _ lower: Double,
      _ upper: Double,
      _ length: Double,
      _ labels: String,
      axis: Axis = Axis(),
      isVertical: Bool = false
    ) {
      self.axis = axis
      self.lower = lower
      self.upper = upper
      self.length = length
      self.isVertical = isVertical
      self.labels = labels
    }

    var testDescription: String { "\(axis.scale) \(lower)…\(upper) on \(length)" }

    var maker: TickMaker {
      var axis = axis
      axis.lower = lower
      axis.upper = upper
      return TickMaker(
        axis: axis,
        domain: axis.domain(for: Axis.Contents(scale: axis.scale)),
        length: length,
        isVertical: isVertical,
        size: 8.5
      )
    }
  }

  static let percent = Axis(format: .percent)
  static let log10 = Axis(scale: .log10)
  static let log2 = Axis(scale: .log2)

  static let rows = [
    Row(0, 2000, 500, "0 500 1000 1500 2000"),
    Row(0, 20_000, 500, "0 5,000 10,000 15,000 20,000"),
    Row(0, 200_000, 500, "0 50k 100k 150k 200k"),
    Row(0, 1e6, 500, "0 0.2M 0.4M 0.6M 0.8M 1.0M"),
    Row(0, 3e9, 300, "0 0.5G 1.0G 1.5G 2.0G 2.5G 3.0G"),
    Row(0, 5e-4, 500, "0 1×10⁻⁴ 2×10⁻⁴ 3×10⁻⁴ 4×10⁻⁴ 5×10⁻⁴"),
    Row(-1, 1, 300, "−1.0 −0.5 0.0 0.5 1.0"),
    Row(0.1, 0.7, 300, "0.1 0.2 0.3 0.4 0.5 0.6 0.7"),
    Row(0, 1, 200, "0.0 0.2 0.4 0.6 0.8 1.0", isVertical: true),
    Row(0, 1, 200, "0 % 20 % 40 % 60 % 80 % 100 %", axis: percent, isVertical: true),
    Row(0.991, 1, 200, "99.2 % 99.4 % 99.6 % 99.8 % 100.0 %", axis: percent, isVertical: true),
    Row(0.001, 10, 300, "0.001 0.01 0.1 1 10", axis: log10),
    Row(1e-8, 1, 200, "10⁻⁸ 10⁻⁶ 10⁻⁴ 10⁻² 10⁰", axis: log10),
    Row(1, 10_000, 300, "1 10 100 1,000 10,000", axis: log10),
    Row(0.02, 0.9, 300, "0.02 0.05 0.1 0.2 0.5", axis: log10),
    Row(0.30, 0.42, 300, "0.30 0.32 0.34 0.36 0.38 0.40 0.42", axis: log10),
    Row(8, 4096, 500, "8 16 32 64 128 256 512 1024 2048 4096", axis: log2),
    Row(8, 4096, 120, "8 64 512 4096", axis: log2),
    Row(1024, 32_768, 400, "1,024 2,048 4,096 8,192 16,384 32,768", axis: log2),
    Row(1024, 1_048_576, 400, "2¹⁰ 2¹¹ 2¹² 2¹³ 2¹⁴ 2¹⁵ 2¹⁶ 2¹⁷ 2¹⁸ 2¹⁹ 2²⁰", axis: log2),
    Row(0.25, 4, 400, "0.25 0.5 1 2 4", axis: log2),
    Row(0, 10, 300, "0 4 8", axis: Axis(ticks: .every(4))),
    Row(0, 10, 300, "2.5 7", axis: Axis(ticks: .values([7, 2.5, 12]))),
    Row(0, 1, 30, "first", axis: Axis(ticks: .labelled([Tick(0, "first"), Tick(1, "second")]))),
    Row(0, 1, 300, "", axis: Axis(ticks: .none)),
  ]

  @Test("round values with readable labels are chosen", arguments: rows)
  func labels(row: Row) {
    #expect(row.maker.ticks().major.map(\.label) == row.labels.split(separator: " ").joined(row))
  }

  @Test("a short axis has fewer ticks, and labels never touch", arguments: rows)
  func labelsNeverTouch(row: Row) {
    for length in stride(from: 10.0, through: 700, by: 23) {
      for isVertical in [false, true] {
        let maker = Row(
          row.lower,
          row.upper,
          length,
          "",
          axis: row.axis,
          isVertical: isVertical
        ).maker
        let ticks = maker.ticks().major
        for (first, second) in zip(ticks, ticks.dropFirst()) {
          let distance = maker.position(of: second.value) - maker.position(of: first.value)
          let extent =
            isVertical
            ? 8.5
            : (TextMetrics.width(of: first.label, size: 8.5)
              + TextMetrics.width(of: second.label, size: 8.5)) / 2
          #expect(distance > extent)
        }
      }
    }
  }

  @Test("decades have minor ticks at their multiples")
  func minorTicks() {
    let ticks = Row(1, 100, 300, "", axis: Self.log10).maker.ticks()
    #expect(ticks.minor == [2, 3, 4, 5, 6, 7, 8, 9, 20, 30, 40, 50, 60, 70, 80, 90])
  }

  @Test(
    "far-fetched domains give ticks or none, but an answer",
    arguments: [
      (-1e300, 1e300), (0, Double.leastNonzeroMagnitude), (1e15, 1e15 + 1), (1, 1 + 1e-15),
      (-1e-300, 1e-300),
      (Double.leastNonzeroMagnitude, Double.greatestFiniteMagnitude),
    ] as [(Double, Double)]
  )
  func extremeDomains(lower: Double, upper: Double) {
    for scale in [Scale.linear, .log10, .log2] {
      let maker = Row(lower, upper, 400, "", axis: Axis(scale: scale)).maker
      #expect(maker.ticks().major.count < 20)
    }
  }
}

extension [Substring] {
  /// Joins words to labels where a percent sign stands alone.
  fileprivate func joined(_ row: TickTests.Row) -> [String] {
    guard row.axis.format == .percent else { return map { String($0) } }
    return filter { $0 != "%" }.map { $0 + " %" }
  }
}

@Suite("Ticks of categories")
struct CategoryTickTests {
  private func labels(_ names: [String], length: Double) -> [String] {
    let axis = Axis(ticks: .categories(names))
    let last = Double(names.count) - 0.5
    let domain = AxisDomain(scale: .linear, lowerPlace: -0.5, upperPlace: last)
    return TickMaker(axis: axis, domain: domain, length: length, isVertical: false, size: 8)
      .ticks().major.map(\.label)
  }

  @Test("names that fit stay whole, longer ones are cut, and of very many some are left out")
  func names() {
    let names = ["addition", "multiplication", "sorting", "reversal and more", "duplication"]
    #expect(labels(names, length: 600) == names)
    let cut = labels(names, length: 240)
    #expect(cut.count == 5 && cut[2] == "sorting" && cut[1].hasPrefix("mul") && cut[1] != names[1])
    #expect(labels(names.map { $0 + $0 }, length: 60).count < 5)
    #expect(labels((0..<100).map(String.init), length: 300).count < 50)
    #expect(labels(["only one, of any length that there is"], length: 20).count == 1)
  }
}
