import Files

extension DrawList {
  /// The canonical text: one command per line, coordinates in points with at most two decimals.
  ///
  /// Bitmaps are represented by their size and digest. Roles are left out: they change nothing visible, and so the
  /// digests that notebooks have recorded remain valid whatever roles figures add.
  package var serialised: String {
    var writer = Writer()
    writer.line(["drawlist 1"])
    writer.line(["canvas", writer.text(size.width), writer.text(size.height), ground.hex])
    for command in commands { writer.write(command) }
    return writer.output
  }

  /// The digest of the canonical text.
  package var digest: Digest { Digest(of: serialised) }

  /// Collects the lines of the canonical text.
  private struct Writer {
    var output = ""

    mutating func line(_ words: [String]) {
      output += words.joined(separator: " ")
      output += "\n"
    }

    mutating func write(_ command: DrawCommand) {
      switch command {
      case .polyline(let points, let stroke):
        line(["polyline", text(stroke)] + points.map(text))
      case .polygon(let points, let fill, let stroke):
        line(["polygon", text(fill), text(stroke)] + points.map(text))
      case .rectangle(let rect, let radius, let fill, let stroke):
        line(["rectangle", text(rect), text(radius), text(fill), text(stroke)])
      case .circle(let centre, let radius, let fill, let stroke):
        line(["circle", text(centre), text(radius), text(fill), text(stroke)])
      case .text(let item):
        line([
          "text", text(item.position), text(item.style.size), item.style.weight.rawValue,
          item.style.color.hex, item.anchor.horizontal.rawValue, item.anchor.vertical.rawValue,
          String(item.quarterTurns), quoted(item.text),
        ])
      case .image(let bitmap, let rect):
        line(["image", text(rect), "\(bitmap.width)x\(bitmap.height)", bitmap.digest.hex])
      case .pushClip(let rect): line(["clip", text(rect)])
      case .popClip: line(["unclip"])
      }
    }

    func text(_ value: Double) -> String { NumberText.hundredths(value) }

    func text(_ point: Point) -> String { text(point.x) + "," + text(point.y) }

    func text(_ rect: Rect) -> String {
      [rect.minX, rect.minY, rect.width, rect.height].map { text($0) }.joined(separator: ",")
    }

    func text(_ color: Color?) -> String { color?.hex ?? "none" }

    func text(_ stroke: Stroke?) -> String {
      guard let stroke else { return "none" }
      let dash = stroke.dash.isEmpty ? "solid" : stroke.dash.map { text($0) }.joined(separator: ",")
      return
        "\(stroke.color.hex)/\(text(stroke.width))/\(dash)/\(stroke.roundCaps ? "round" : "flat")"
    }

    func quoted(_ text: String) -> String {
      var result = "\""
      for character in text.unicodeScalars {
        if character == "\"" || character == "\\" { result += "\\" }
        result.unicodeScalars.append(character)
      }
      return result + "\""
    }
  }
}
