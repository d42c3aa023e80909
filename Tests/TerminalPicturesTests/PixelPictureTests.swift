import CPNG
import Foundation
import Plotting
import Testing

@testable import TerminalPictures

@Suite("Pictures of pixels")
struct PixelPictureTests {
  static let screens = [
    TerminalScreen(columns: 80, rows: 24), TerminalScreen(columns: 200, rows: 60),
    TerminalScreen(columns: 80, rows: 24, cell: .init(width: 9, height: 17)),
    TerminalScreen(columns: 40, rows: 60, cell: .init(width: 20, height: 43)),
  ]

  private func text(_ method: PictureMethod, _ screen: TerminalScreen) throws -> String {
    let picture = TerminalPicture(Figures.curve, theme: .light, screen: screen)
    return try #require(try picture.text(by: method, style: BlockStyle(colors: .none)))
  }

  /// The image between the moves of the cursor, and the rows these make room for.
  private func unwrapped(_ text: String) throws -> (image: Substring, rows: Int) {
    let match = try #require(
      text.wholeMatch(
        of: /(\n+)\u{1B}\[(\d+)A\u{1B}7([\s\S]*)\u{1B}8\u{1B}\[(\d+)B\r/
      ),
      "room is made, the image is drawn and the cursor goes below it"
    )
    let rows = match.output.1.utf8.count
    #expect(String(rows) == match.output.2)
    #expect(match.output.2 == match.output.4)
    return (match.output.3, rows)
  }

  private func pngSize(_ png: Data) throws -> (width: Int, height: Int) {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    let isOpen = png.withUnsafeBytes { bytes in
      png_image_begin_read_from_memory(&image, bytes.baseAddress, bytes.count)
    }
    try #require(isOpen != 0, "the image is a PNG file")
    defer { png_image_free(&image) }
    return (Int(image.width), Int(image.height))
  }

  private func expectFit(
    _ size: (width: Int, height: Int),
    columns: Int,
    rows: Int,
    _ screen: TerminalScreen
  ) {
    let cell = screen.cell ?? .usual
    #expect(columns <= screen.columns - 1)
    #expect(rows <= screen.rows - 4)
    #expect(size.width == columns * cell.width)
    #expect((rows * cell.height - 5...rows * cell.height).contains(size.height))
    let natural = Figures.curve.size
    let (wide, high) = (Double(size.width) / natural.width, Double(size.height) / natural.height)
    #expect(abs(wide / high - 1) < 0.15, "proportions are kept but for parts of characters")
  }

  @Test("kitty gets a PNG file in pieces of 4096 characters", arguments: screens)
  func kitty(screen: TerminalScreen) throws {
    let (image, rows) = try unwrapped(try text(.kitty, screen))
    let pieces = image.matches(of: /\u{1B}_G([^;]*);([^\u{1B}]*)\u{1B}\\/)
    #expect(pieces.map(\.output.0).joined() == image)
    let first = try #require(pieces.first).output.1
    let columns = try #require(first.firstMatch(of: /c=(\d+)/).flatMap { Int($0.output.1) })
    let more = pieces.count > 1 ? 1 : 0
    #expect(first == "a=T,f=100,q=2,c=\(columns),r=\(rows),m=\(more)")
    for piece in pieces.dropFirst().dropLast() { #expect(piece.output.1 == "m=1") }
    if pieces.count > 1 { #expect(pieces.last?.output.1 == "m=0") }
    for piece in pieces.dropLast() { #expect(piece.output.2.count == 4096) }
    let png = try #require(Data(base64Encoded: pieces.map(\.output.2).joined()))
    expectFit(try pngSize(png), columns: columns, rows: rows, screen)
  }

  @Test("pieces are cut at 4096 characters", arguments: [1, 3072, 3073, 6144, 9999])
  func pieces(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    let text = KittyImage.text(png: bytes, columns: 3, rows: 2)
    let pieces = text.split(separator: "\u{1B}\\").map { $0.split(separator: ";")[1] }
    #expect(pieces.count == (count + 3071) / 3072)
    #expect(Data(base64Encoded: pieces.joined()) == Data(bytes))
  }

  @Test("iTerm2 gets a PNG file with its size in bytes and in characters", arguments: screens)
  func iterm(screen: TerminalScreen) throws {
    let (image, rows) = try unwrapped(try text(.iterm, screen))
    let match = try #require(
      image.wholeMatch(
        of:
          /\u{1B}\]1337;File=inline=1;size=(\d+);width=(\d+);height=(\d+);preserveAspectRatio=1:([A-Za-z0-9+\/=]+)\u{07}/
      )
    )
    let png = try #require(Data(base64Encoded: String(match.output.4)))
    #expect(match.output.1 == "\(png.count)")
    #expect(match.output.3 == "\(rows)")
    let columns = try #require(Int(match.output.2))
    expectFit(try pngSize(png), columns: columns, rows: rows, screen)
  }

  @Test("sixels say their size and fit", arguments: screens)
  func sixel(screen: TerminalScreen) throws {
    let (image, rows) = try unwrapped(try text(.sixel, screen))
    let match = try #require(
      image.wholeMatch(of: /\u{1B}P[0-9;]*q"1;1;(\d+);(\d+)(#[\s\S]*)\u{1B}\\/)
    )
    let (width, height) = (try #require(Int(match.output.1)), try #require(Int(match.output.2)))
    #expect(height % 6 == 0)
    let cell = screen.cell ?? .usual
    expectFit((width, height), columns: width / cell.width, rows: rows, screen)
    #expect(match.output.3.utf8.allSatisfy { (0x20...0x7E).contains($0) })
  }

  @Test("sixels keep every pixel in its place")
  func sixelPixels() throws {
    // Seven pixels wide, so that rows of three bytes do not end at multiples of four.
    var list = DrawList(size: Size(7, 6), ground: Color(0))
    list.rectangle(Rect(x: 2, y: 0, width: 1, height: 6), fill: Color(0xFFFFFF))
    let text = SixelImage.text(try Raster(list, scale: 1))
    let white = Set(text.matches(of: /#(\d+);2;100;100;100/).map(\.output.1))
    let rows = text.matches(of: /#(\d+)([!?-~][!?-~0-9]*)/).filter { white.contains($0.output.1) }
    let data = try #require(rows.first).output.2
    var columns = ""
    var count = ""
    for character in data {
      if character == "!" { continue }
      if character.isNumber {
        count.append(character)
      } else {
        columns += String(repeating: character, count: Int(count) ?? 1)
        count = ""
      }
    }
    #expect(columns.hasPrefix("??~"))
    #expect(columns.dropFirst(3).allSatisfy { $0 == "?" })
  }

  @Test(
    "terminals too small for a picture get none",
    arguments: [(80, 5), (10, 24), (1, 1), (0, 0), (-3, 40)]
  )
  func tooSmall(columns: Int, rows: Int) throws {
    let screen = TerminalScreen(columns: columns, rows: rows)
    let picture = TerminalPicture(Figures.curve, theme: .light, screen: screen)
    for method in PictureMethod.allCases {
      #expect(try picture.text(by: method, style: BlockStyle(colors: .none)) == nil)
    }
  }

  @Test("a figure whose panels need more room than there is still fits")
  func tallFigure() throws {
    var figure = Figures.grid
    figure.columns = 1
    figure.size = Size(200, 100)
    let screen = TerminalScreen(columns: 60, rows: 14)
    let text = try TerminalPicture(figure, theme: .dark, screen: screen)
      .text(by: .iterm, style: BlockStyle(colors: .none))
    let (image, rows) = try unwrapped(try #require(text))
    #expect(rows <= 10)
    let code = try #require(image.split(separator: ":").last).dropLast()
    let png = try #require(Data(base64Encoded: String(code)))
    #expect(try pngSize(png).height == rows * 20)
  }
}
