import CChafa
import Plotting

/// A layer that draws areas and matrices with blocks.
struct AreaLayer {
  private let layout: BlockLayout
  private let ink: Ink
  private let style: BlockStyle

  /// Creates the layer of a drawing's areas.
  init(layout: BlockLayout, ink: Ink, style: BlockStyle) {
    self.layout = layout
    self.ink = ink
    self.style = style
  }

  /// Draws the areas.
  ///
  /// - Throws: `PlotError` if they cannot be drawn.
  func draw(on grid: inout BlockGrid) throws(PlotError) {
    let areas = areas
    guard areas.commands.contains(where: isVisible) else { return }
    let (size, columns, rows) = (BlockLayout.cell, layout.columns, layout.rows)
    let raster = try Raster(
      areas,
      scale: 1,
      width: columns * Int(size.width),
      height: rows * Int(size.height)
    )
    guard let pixels = pixels(of: raster) else { return }
    if style.colors == .none {
      shade(pixels, width: raster.width, on: &grid)
    } else {
      fill(pixels, width: raster.width, on: &grid)
    }
  }

  /// Renders the colours with the blocks that come closest.
  private func fill(_ pixels: [UInt8], width: Int, on grid: inout BlockGrid) {
    let canvas = makeCanvas()
    defer { chafa_canvas_unref(canvas) }
    drawPixels(on: canvas, pixels, width: width)
    for row in 0..<layout.rows {
      for column in 0..<layout.columns {
        grid[column, row] = cell(canvas, Int32(column), Int32(row))
      }
    }
  }

  /// Renders each cell's difference from the background in shades of the terminal's own colour.
  private func shade(_ pixels: [UInt8], width: Int, on grid: inout BlockGrid) {
    let (cellWidth, cellHeight) = (Int(BlockLayout.cell.width), Int(BlockLayout.cell.height))
    for row in 0..<layout.rows {
      for column in 0..<layout.columns {
        var sum = 0.0
        for y in row * cellHeight..<(row + 1) * cellHeight {
          for x in column * cellWidth..<(column + 1) * cellWidth {
            sum += ink.darkness(Self.color(pixels, at: (y * width + x) * 3))
          }
        }
        let mean = sum / Double(cellWidth * cellHeight)
        grid[column, row] = BlockCell(character: style.characters.shade(mean))
      }
    }
  }

  /// Returns true if a command alone draws anything visible on the background.
  private func isVisible(_ command: DrawCommand) -> Bool {
    switch command {
    case .polygon(_, let fill?, _), .rectangle(_, _, let fill?, _), .circle(_, _, let fill?, _):
      ink.contrast(fill) >= ink.leastOfAreas
    case .image: true
    default: false
    }
  }

  private var hasMatrix: Bool {
    layout.drawing.commands.contains { if case .image = $0 { true } else { false } }
  }

  /// The drawing reduced to its areas.
  private var areas: DrawList {
    layout.drawing.replacing { step in
      if MarkerLayer.marker(step) != nil { return nil }
      return switch step.command {
      case .circle(let centre, let radius, let fill?, _):
        .circle(centre, radius: radius, fill: fill, stroke: nil)
      case .polygon(let points, let fill?, _): .polygon(points, fill: fill, stroke: nil)
      case .rectangle(let rect, let radius, let fill?, _):
        .rectangle(rect, radius: radius, fill: fill, stroke: nil)
      case .image: step.command
      default: nil
      }
    }
  }

  /// Returns the pixels, with those hardly distinguishable from the background replaced by it; nil if all are.
  private func pixels(of raster: Raster) -> [UInt8]? {
    var pixels = raster.rgb
    var isEmpty = true
    var (last, isInk) = (ink.ground, false)
    for start in stride(from: 0, to: pixels.count, by: 3) {
      let color = Self.color(pixels, at: start)
      if color != last { (last, isInk) = (color, ink.contrast(color) >= ink.leastOfAreas) }
      if isInk {
        isEmpty = false
      } else {
        pixels[start] = ink.ground.red
        pixels[start + 1] = ink.ground.green
        pixels[start + 2] = ink.ground.blue
      }
    }
    return isEmpty ? nil : pixels
  }

  private static func color(_ pixels: [UInt8], at start: Int) -> Color {
    Color(red: pixels[start], green: pixels[start + 1], blue: pixels[start + 2])
  }

  private func makeCanvas() -> OpaquePointer? {
    let symbols = chafa_symbol_map_new()
    defer { chafa_symbol_map_unref(symbols) }
    chafa_symbol_map_add_by_tags(symbols, CHAFA_SYMBOL_TAG_SPACE)
    if style.characters == .unicode {
      chafa_symbol_map_add_by_tags(symbols, CHAFA_SYMBOL_TAG_SOLID)
      chafa_symbol_map_add_by_tags(symbols, CHAFA_SYMBOL_TAG_BLOCK)
    }
    let configuration = chafa_canvas_config_new()
    defer { chafa_canvas_config_unref(configuration) }
    chafa_canvas_config_set_geometry(configuration, Int32(layout.columns), Int32(layout.rows))
    chafa_canvas_config_set_symbol_map(configuration, symbols)
    chafa_canvas_config_set_preprocessing_enabled(configuration, 0)
    // Bars have one colour up to their edges; in a matrix every value counts.
    chafa_canvas_config_set_color_extractor(
      configuration,
      hasMatrix ? CHAFA_COLOR_EXTRACTOR_AVERAGE : CHAFA_COLOR_EXTRACTOR_MEDIAN
    )
    chafa_canvas_config_set_canvas_mode(configuration, CHAFA_CANVAS_MODE_TRUECOLOR)
    return chafa_canvas_new(configuration)
  }

  /// Returns the canvas's cell; parts in the background colour keep the terminal's own background.
  private func cell(_ canvas: OpaquePointer?, _ column: Int32, _ row: Int32) -> BlockCell {
    let scalar = Unicode.Scalar(chafa_canvas_get_char_at(canvas, column, row)) ?? " "
    var (front, back): (Int32, Int32) = (-1, -1)
    chafa_canvas_get_colors_at(canvas, column, row, &front, &back)
    switch (scalar, color(front), color(back)) {
    case (" ", _, let back): return BlockCell(ground: back)
    case (_, nil, nil): return BlockCell()
    case (_, nil, let back):
      return BlockCell(character: Character(scalar), ink: back, isReversed: true)
    case (_, let front, let back):
      return BlockCell(character: Character(scalar), ink: front, ground: back)
    }
  }

  /// Returns a colour of 0xRRGGBB; nil for none and for the background.
  private func color(_ packed: Int32) -> Color? {
    guard packed >= 0 else { return nil }
    let color = Color(UInt32(packed))
    return ink.contrast(color) < ink.leastOfAreas ? nil : color
  }
}
