import Plotting

/// A figure drawn for a place of whole columns and rows in a terminal.
struct PlacedDrawing {
  /// The drawing.
  let drawing: DrawList
  /// Pixels per point.
  let scale: Double
  /// Columns the picture covers.
  let columns: Int
  /// Rows the picture covers.
  let rows: Int

  /// The most pixels a picture takes at the usual size of characters.
  private static let largest = Size(1000, 700)
  /// The least columns and rows that show anything.
  private static let least = (columns: 12, rows: 5)
  /// The pixels per point at the usual size of characters, which keep small type readable.
  private static let readableScale = 1.25

  /// Fits a figure into a terminal, its proportions kept; nil if that leaves too little.
  ///
  /// The figure is set for the size it gets, so that its type stays as large as that of the terminal
  /// instead of shrinking with the picture. `rowStep` is what the height in pixels is a multiple of.
  init?(_ picture: TerminalPicture, rowStep: Int) {
    let (screen, figure) = (picture.screen, picture.figure)
    let cell = screen.cell ?? .usual
    let density = max(1, Double(cell.height) / Double(TerminalScreen.CellSize.usual.height))
    let natural = figure.size
    guard natural.width > 0, natural.height > 0 else { return nil }
    let room = Size(
      min(Double((screen.columns - 1) * cell.width), Self.largest.width * density),
      min(
        Double((screen.rows - TerminalPicture.linesLeft) * cell.height),
        Self.largest.height * density
      )
    )
    let fit = min(room.width / natural.width, room.height / natural.height)
    guard fit > 0, fit.isFinite else { return nil }
    let places = (
      columns: Int(natural.width * fit / Double(cell.width) + 1e-9),
      rows: Int(natural.height * fit / Double(cell.height) + 1e-9)
    )
    guard places.columns >= Self.least.columns, places.rows >= Self.least.rows else { return nil }
    let height = places.rows * cell.height / rowStep * rowStep
    let pixels = Size(Double(places.columns * cell.width), Double(height))
    var set = figure
    let wished = max(fit, Self.readableScale * density)
    set.size = Size(pixels.width / wished, pixels.height / wished)
    drawing = set.drawList(theme: picture.theme)
    // A figure that its panels made larger shrinks again, and stands in the middle of the place.
    scale = min(pixels.width / drawing.size.width, pixels.height / drawing.size.height)
    self.pixels = pixels
    (columns, rows) = places
  }

  /// The size of the picture in pixels, whole columns and rows.
  private let pixels: Size

  /// The drawing on a canvas that has the pixels of the place.
  private var canvas: DrawList {
    let size = Size(pixels.width / scale, pixels.height / scale)
    var canvas = DrawList(size: size, ground: drawing.ground)
    canvas.place(drawing, in: Rect(x: 0, y: 0, width: size.width, height: size.height))
    return canvas
  }

  /// The picture as a PNG file.
  func png() throws(PlotError) -> [UInt8] {
    try raster().png()
  }

  /// The picture as pixels.
  func raster() throws(PlotError) -> Raster {
    try Raster(canvas, scale: scale, width: Int(pixels.width), height: Int(pixels.height))
  }

  /// What shows an image: room for it, the image, and the way to the line below.
  ///
  /// Terminals differ in where an image leaves the cursor; so its place is kept and found again.
  func text(around image: String) -> String { Self.text(around: image, rows: rows) }

  /// The same of an image over any number of rows.
  static func text(around image: String, rows: Int) -> String {
    String(repeating: "\n", count: rows) + "\u{1B}[\(rows)A\u{1B}7" + image
      + "\u{1B}8\u{1B}[\(rows)B\r"
  }
}
