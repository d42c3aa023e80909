import Foundation

/// Writes a draw list as an SVG file: shapes stay shapes, and texts stay texts in DejaVu Sans.
///
/// "Scalable Vector Graphics (SVG) 1.1 (Second Edition)", W3C 2011.
struct SVGRenderer {
  private var output = ""
  /// The numbers of the clip rectangles.
  private var clips: [Rect: Int] = [:]
  /// The part of clip names that distinguishes this drawing from others on the same page.
  private let name: String

  /// Returns the file of a drawing; its unit is the point.
  ///
  /// - Parameter provenance: texts by keyword, which become the description of the drawing.
  /// - Throws: `PlotError` if a bitmap cannot be encoded.
  static func render(
    _ drawing: DrawList,
    provenance: [String: String]
  ) throws(PlotError) -> [UInt8] {
    var renderer = SVGRenderer(name: drawing.digest.short)
    try renderer.write(drawing, provenance)
    return Array(renderer.output.utf8)
  }

  private init(name: String) { self.name = name }

  private mutating func write(
    _ drawing: DrawList,
    _ provenance: [String: String]
  ) throws(PlotError) {
    let (width, height) = (number(drawing.size.width), number(drawing.size.height))
    line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
    line(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
        + "version=\"1.1\" width=\"\(width)pt\" height=\"\(height)pt\" "
        + "viewBox=\"0 0 \(width) \(height)\">"
    )
    if !provenance.isEmpty {
      let texts = provenance.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      line("<desc>\(Self.escaped(texts.joined(separator: "\n")))</desc>")
    }
    line("<rect width=\"\(width)\" height=\"\(height)\"\(fill(drawing.ground))/>")
    line(
      "<g fill=\"none\" stroke-linejoin=\"round\" "
        + "font-family=\"DejaVu Sans, Verdana, sans-serif\" xml:space=\"preserve\">"
    )
    for command in drawing.commands { try write(command) }
    line("</g>")
    line("</svg>")
  }

  private mutating func write(_ command: DrawCommand) throws(PlotError) {
    switch command {
    case .polyline(let points, let stroke):
      line("<polyline points=\"\(list(points))\"\(self.stroke(stroke))/>")
    case .polygon(let points, let fill, let stroke):
      line("<polygon points=\"\(list(points))\"\(self.fill(fill))\(self.stroke(stroke))/>")
    case .rectangle(let rect, let radius, let fill, let stroke):
      let radius = min(radius, rect.width / 2, rect.height / 2)
      let corner = radius > 0 ? " rx=\"\(number(radius))\"" : ""
      line("<rect\(sides(rect))\(corner)\(self.fill(fill))\(self.stroke(stroke))/>")
    case .circle(let centre, let radius, let fill, let stroke):
      line(
        "<circle cx=\"\(number(centre.x))\" cy=\"\(number(centre.y))\" r=\"\(number(radius))\""
          + "\(self.fill(fill))\(self.stroke(stroke))/>"
      )
    case .text(let item): write(item)
    case .image(let bitmap, let rect): try write(bitmap, over: rect)
    case .pushClip(let rect): restrict(to: rect)
    case .popClip: line("</g>")
    }
  }

  private mutating func write(_ item: TextItem) {
    let style = item.style
    let anchor =
      switch item.anchor.horizontal {
      case .left: ""
      case .centre: " text-anchor=\"middle\""
      case .right: " text-anchor=\"end\""
      }
    let baseline = style.size * TextMetrics.baselineOffset(of: item.anchor.vertical)
    let (x, y) = (item.position.x, item.position.y)
    let place =
      item.quarterTurns == 0
      ? " x=\"\(number(x))\" y=\"\(number(y + baseline))\""
      : " y=\"\(number(baseline))\" transform=\"translate(\(number(x)) \(number(y))) "
        + "rotate(\(-90 * item.quarterTurns))\""
    let weight = style.weight == .bold ? " font-weight=\"bold\"" : ""
    line(
      "<text\(place) font-size=\"\(number(style.size))\"\(weight)\(anchor)\(fill(style.color))>"
        + "\(Self.escaped(item.text))</text>"
    )
  }

  /// Writes a bitmap pixel by pixel, as squares that viewers do not smooth.
  private mutating func write(_ bitmap: Bitmap, over rect: Rect) throws(PlotError) {
    guard rect.width > 0, rect.height > 0 else { return }
    let data = Data(try PNGEncoder.encode(bitmap)).base64EncodedString()
    line(
      "<image\(sides(rect)) preserveAspectRatio=\"none\" "
        + "style=\"image-rendering:optimizeSpeed;image-rendering:pixelated\" "
        + "xlink:href=\"data:image/png;base64,\(data)\"/>"
    )
  }

  private mutating func restrict(to rect: Rect) {
    let known = clips[rect]
    let number = known ?? clips.count + 1
    let name = "clip-\(name)-\(number)"
    if known == nil {
      clips[rect] = number
      line("<clipPath id=\"\(name)\"><rect\(sides(rect))/></clipPath>")
    }
    line("<g clip-path=\"url(#\(name))\">")
  }

  private mutating func line(_ text: String) { output += text + "\n" }

  // MARK: Attributes

  private func number(_ value: Double) -> String { NumberText.hundredths(value) }

  private func list(_ points: [Point]) -> String {
    points.map { number($0.x) + "," + number($0.y) }.joined(separator: " ")
  }

  private func sides(_ rect: Rect) -> String {
    " x=\"\(number(rect.minX))\" y=\"\(number(rect.minY))\""
      + " width=\"\(number(rect.width))\" height=\"\(number(rect.height))\""
  }

  private func fill(_ color: Color?) -> String { color.map { paint("fill", $0) } ?? "" }

  private func stroke(_ stroke: Stroke?) -> String {
    guard let stroke else { return "" }
    let dash = stroke.dash.map(number).joined(separator: ",")
    return paint("stroke", stroke.color) + " stroke-width=\"\(number(stroke.width))\""
      + (stroke.roundCaps ? " stroke-linecap=\"round\"" : "")
      + (dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\"")
  }

  private func paint(_ attribute: String, _ color: Color) -> String {
    let opacity =
      color.alpha == 255
      ? ""
      : " \(attribute)-opacity=\"\(NumberText.decimal(Double(color.alpha) / 255, places: 3, grouped: false))\""
    return " \(attribute)=\"\(color.hex.prefix(7))\"\(opacity)"
  }

  /// Returns a text with XML's special characters as entities; characters that XML does not allow become �.
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "\t", "\n": result.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
