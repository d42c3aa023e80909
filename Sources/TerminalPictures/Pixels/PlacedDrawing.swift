import Plotting

/// A figure drawn for an area of whole columns and rows in a terminal.
struct PlacedDrawing {
  /// The drawing.
  let drawing: DrawList
  /// The number of pixels per point.
  let scale: Double
  /// The number of columns that the picture covers.
  let columns: Int
  /// The number of rows that the picture covers.
  let rows: Int

  /// The maximum size of a picture in pixels, at the usual size of characters.
  private static let largest = Size(1000, 700)
  /// The minimum numbers of columns and rows that can show a picture.
  private static let least = (columns: 12, rows: 5)
  /// The number of pixels per point that keeps small type readable, at the usual size of characters.
  private static let readableScale = 1.25

  /// Fits a figure into a terminal in its own proportions; returns nil if that leaves too little space.
  ///
  /// The figure is laid out for its final size, so that its type stays as large as the terminal's instead of shrinking
  /// with the picture. The height in pixels is a multiple of `rowStep`.
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
    // A figure that its panels enlarged is shrunk again and centred in the area.
    scale = min(pixels.width / drawing.size.width, pixels.height / drawing.size.height)
    self.pixels = pixels
    (columns, rows) = places
  }

  /// The size of the picture in pixels: whole columns, and rows rounded down to the row step.
  private let pixels: Size

  /// The drawing on a canvas with the pixels of the area.
  private var canvas: DrawList {
    let size = Size(pixels.width / scale, pixels.height / scale)
    var canvas = DrawList(size: size, ground: drawing.ground)
    canvas.place(drawing, in: Rect(x: 0, y: 0, width: size.width, height: size.height))
    return canvas
  }

  /// Returns the picture as a PNG file.
  func png() throws(PlotError) -> [UInt8] {
    try raster().png()
  }

  /// Returns the picture as pixels.
  func raster() throws(PlotError) -> Raster {
    try Raster(canvas, scale: scale, width: Int(pixels.width), height: Int(pixels.height))
  }

  /// Returns the text that makes room for an image, shows it, and moves to the line below.
  ///
  /// Terminals differ in where an image leaves the cursor, so the cursor's position is saved and restored.
  func text(around image: String) -> String { Self.text(around: image, rows: rows) }

  /// Returns that text for an image over any number of rows.
  static func text(around image: String, rows: Int) -> String {
    String(repeating: "\n", count: rows) + "\u{1B}[\(rows)A\u{1B}7" + image
      + "\u{1B}8\u{1B}[\(rows)B\r"
  }
}
