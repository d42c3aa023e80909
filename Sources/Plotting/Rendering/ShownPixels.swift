/// The pixels currently shown in an animation, for finding the part that the next picture changes.
struct ShownPixels {
  private let width: Int
  private let height: Int
  private var rgb: [UInt8]

  /// A rectangle of pixels with its position.
  struct Part {
    let x: Int
    let y: Int
    let width: Int
    let height: Int
    let rgb: [UInt8]
  }

  /// The maximum difference of a channel from the shown value at which a pixel still counts as unchanged: the edges
  /// of lines differ slightly each time something is added to a drawing.
  private static let tolerance: UInt8 = 24

  init(_ raster: Raster) { (width, height, rgb) = (raster.width, raster.height, raster.rgb) }

  /// Shows the next picture; returns the smallest rectangle with all changed pixels, or one pixel if none has changed.
  mutating func take(_ raster: Raster) -> Part {
    precondition(raster.width == width && raster.height == height, "pictures have one size")
    let (left, right, top, bottom) = changes(raster.rgb)
    var part: [UInt8] = []
    for row in top...bottom {
      let line = (row * width + left) * 3..<(row * width + right + 1) * 3
      rgb.replaceSubrange(line, with: raster.rgb[line])
      part += raster.rgb[line]
    }
    return Part(x: left, y: top, width: right - left + 1, height: bottom - top + 1, rgb: part)
  }

  /// Returns the edges of the rectangle that changes.
  private func changes(_ next: [UInt8]) -> (left: Int, right: Int, top: Int, bottom: Int) {
    var (left, right, top, bottom) = (width, -1, height, -1)
    rgb.withUnsafeBufferPointer { old in
      // Both have height × width × 3 bytes.
      next.withUnsafeBufferPointer { new in
        for row in 0..<height {
          var column = 0
          while column < width {
            let start = (row * width + column) * 3
            let isChanged = (start..<start + 3).contains { index in
              max(old[index], new[index]) - min(old[index], new[index]) > Self.tolerance
            }
            if isChanged {
              (left, right) = (min(left, column), max(right, column))
              (top, bottom) = (min(top, row), row)
            }
            column += 1
          }
        }
      }
    }
    return right < 0 ? (0, 0, 0, 0) : (left, right, top, bottom)
  }
}
