/// A series as shapes on the canvas.
struct SeriesShape {
  /// The connected parts of the line.
  private(set) var lines: [[Point]] = []
  /// The isolated points of the line, which a line would not show.
  private(set) var dots: [Point] = []
  /// The centres of markers.
  private(set) var markers: [Point] = []
  /// The bars.
  private(set) var bars: [Rect] = []
  /// The boxes, filled or as outlines.
  private(set) var boxes: [Rect] = []
  /// The spread of the values around these.
  private(set) var spread = SpreadShape()

  /// The minimum width and height of a box in points, so that none is invisible.
  private static let smallestBox = 0.8

  /// Maps a series to the canvas.
  init(_ series: Series, map: PlotMap, bars edges: (left: Double, right: Double)?) {
    let points = zip(series.x, series.y).map { map.point($0, $1) }
    if series.form.hasLine { addLines(points, isStepped: series.form == .steps, map: map) }
    if series.form.hasMarkers { addMarkers(points, size: series.markerSize, map: map) }
    if series.form.hasBoxes { addBoxes(points, map: map) }
    if let edges { addBars(series, map: map, edges: edges) }
    if series.spread != nil {
      spread = SpreadShape(
        series,
        map: map,
        offset: edges.map { ($0.left + $0.right) / 2 } ?? 0
      )
    }
  }

  private mutating func addLines(_ points: [Point?], isStepped: Bool, map: PlotMap) {
    for run in points.split(separator: nil, omittingEmptySubsequences: true) {
      let run = run.compactMap { $0 }
      if run.count == 1 {
        dots += run.filter { map.area.inset(by: -0.01).contains(Rect(at: $0)) }
      } else {
        lines.append(Decimation.thinned(isStepped ? Self.stepped(run) : run))
      }
    }
  }

  /// Adds the markers between the axes, except those hidden by the one before.
  private mutating func addMarkers(_ points: [Point?], size: Double, map: PlotMap) {
    let area = map.area.inset(by: -0.01)
    var taken = TakenCells(count: points.count, size: size)
    for case let point? in points where area.contains(Rect(at: point)) && taken.insert(point) {
      if let last = markers.last, markers.count > 512,
        abs(last.x - point.x) + abs(last.y - point.y) < size / 8
      {
        continue
      }
      markers.append(point)
    }
  }

  /// Adds the boxes that overlap the area between the axes.
  private mutating func addBoxes(_ corners: [Point?], map: PlotMap) {
    for index in stride(from: 0, to: corners.count - 1, by: 2) {
      guard let first = corners[index], let second = corners[index + 1] else { continue }
      let box = Rect(
        x: min(first.x, second.x),
        y: min(first.y, second.y),
        width: max(Self.smallestBox, abs(first.x - second.x)),
        height: max(Self.smallestBox, abs(first.y - second.y))
      )
      if box.overlaps(map.area) { boxes.append(box) }
    }
  }

  private mutating func addBars(
    _ series: Series,
    map: PlotMap,
    edges: (left: Double, right: Double)
  ) {
    let base = map.y(0).map { min(map.area.maxY, max(map.area.minY, $0)) } ?? map.area.maxY
    for (x, y) in zip(series.x, series.y) {
      guard let place = map.x.scale.forward(x), let end = map.y(y) else { continue }
      let (left, right) = (map.x(place: place + edges.left), map.x(place: place + edges.right))
      bars.append(
        Rect(x: left, y: min(base, end), width: right - left, height: abs(end - base))
      )
    }
  }

  private static func stepped(_ points: [Point]) -> [Point] {
    var corners: [Point] = []
    for (point, next) in zip(points, points.dropFirst()) {
      corners.append(point)
      corners.append(Point(next.x, point.y))
    }
    return corners + points.suffix(1)
  }
}

/// The cells that contain a marker, used if there are so many markers that most hide others.
private struct TakenCells {
  private let side: Double?
  private var cells: Set<Int> = []

  /// The number of points above which a marker close to another one is left out, and the fraction of the marker size
  /// that counts as close.
  private static let limits = [(count: 100_000, share: 0.5), (count: 5000, share: 0.25)]

  /// Prepares for a number of markers of a size in points.
  init(count: Int, size: Double) {
    side = Self.limits.first { count > $0.count }.map { $0.share * size }
  }

  /// Marks the cell of a point as taken; returns false if it already is.
  mutating func insert(_ point: Point) -> Bool {
    guard let side else { return true }
    let (column, row) = (Int(point.x / side), Int(point.y / side))
    return cells.insert(column << 32 | row).inserted
  }
}

extension Rect {
  /// Creates an empty rectangle at a point.
  fileprivate init(at point: Point) {
    self.init(x: point.x, y: point.y, width: 0, height: 0)
  }
}
