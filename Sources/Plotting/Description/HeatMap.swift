/// A matrix shown as coloured cells.
package struct HeatMap: Sendable, Hashable {
  /// The value that represents several cells on one pixel.
  package enum Reduction: String, Sendable, Hashable {
    /// Their mean.
    case mean
    /// Their maximum, so that no short note is lost.
    case maximum
  }

  /// The number of rows; row 0 is at the lower end of the y axis.
  package let rows: Int
  /// The number of columns; column 0 is at the left end of the x axis.
  package let columns: Int
  /// The values in row-major order; a value that is not finite leaves its cell empty.
  package let values: [Float]
  /// The x axis values at the left and right edge of the matrix.
  package var xExtent: ClosedRange<Double>
  /// The y axis values at the lower and upper edge of the matrix.
  package var yExtent: ClosedRange<Double>
  /// The colours.
  package var colorMap: ColorMap
  /// The scale of the values over the colours, and the label, range and ticks of the colour bar.
  package var colorAxis: Axis
  /// True if a colour bar explains the colours.
  package var showsColorBar: Bool
  /// The value that represents several cells on one pixel.
  package var reduction: Reduction
  /// The texts in the cells, one for each value, or none; a text that does not fit its cell is left out.
  package var cellLabels: [String]

  /// Creates a heat map of `rows` times `columns` values.
  ///
  /// By default cell `i` is centred at `i` on either axis.
  package init(
    rows: Int,
    columns: Int,
    values: [Float],
    xExtent: ClosedRange<Double>? = nil,
    yExtent: ClosedRange<Double>? = nil,
    colorMap: ColorMap = .viridis,
    colorAxis: Axis = Axis(),
    showsColorBar: Bool = true,
    reduction: Reduction = .mean,
    cellLabels: [String] = []
  ) {
    precondition(rows >= 0 && columns >= 0, "a matrix has no negative size")
    precondition(values.count == rows * columns, "a matrix has rows times columns values")
    self.rows = rows
    self.columns = columns
    self.values = values
    precondition(cellLabels.isEmpty || cellLabels.count == values.count, "a text for each cell")
    self.xExtent = xExtent ?? -0.5...max(-0.5, Double(columns) - 0.5)
    self.yExtent = yExtent ?? -0.5...max(-0.5, Double(rows) - 0.5)
    self.colorMap = colorMap
    self.colorAxis = colorAxis
    self.showsColorBar = showsColorBar
    self.reduction = reduction
    self.cellLabels = cellLabels
  }

  /// True if there is nothing to show.
  var isEmpty: Bool { !values.contains { $0.isFinite } }

  /// The range of values of the colours.
  var colorDomain: AxisDomain {
    var contents = Axis.Contents(scale: colorAxis.scale)
    for value in values { contents.add(Double(value)) }
    var axis = colorAxis
    if let extent = contents.extent, extent.lower < extent.upper {
      axis.lower = axis.lower ?? axis.scale.backward(extent.lower)
      axis.upper = axis.upper ?? axis.scale.backward(extent.upper)
    }
    return axis.domain(for: contents)
  }

  /// Returns the colours of the cells, the uppermost row first, with cells merged to fit a size in pixels.
  func bitmap(atMost limit: (width: Int, height: Int)) -> Bitmap {
    let width = min(columns, max(1, limit.width))
    let height = min(rows, max(1, limit.height))
    let domain = colorDomain
    var pixels: [Color] = []
    pixels.reserveCapacity(width * height)
    for line in (0..<height).reversed() {
      let rowRange = share(line, of: height, from: rows)
      for column in 0..<width {
        let value = reduced(rowRange, share(column, of: width, from: columns))
        let fraction = value.flatMap { domain.fraction(of: $0) }
        pixels.append(
          fraction.map { colorMap.color(at: $0) }
            ?? Color(red: 0, green: 0, blue: 0, alpha: 0)
        )
      }
    }
    return Bitmap(width: width, height: height, pixels: pixels)
  }

  private func share(_ index: Int, of parts: Int, from count: Int) -> Range<Int> {
    (index * count / parts)..<((index + 1) * count / parts)
  }

  private func reduced(_ rowRange: Range<Int>, _ columnRange: Range<Int>) -> Double? {
    var (sum, largest, count) = (0.0, -Double.infinity, 0.0)
    for row in rowRange {
      for value in values[(row * columns + columnRange.lowerBound)...].prefix(columnRange.count)
      where value.isFinite {
        sum += Double(value)
        largest = max(largest, Double(value))
        count += 1
      }
    }
    guard count > 0 else { return nil }
    return reduction == .mean ? sum / count : largest
  }
}
