import Plotting
import Testing

@testable import TerminalPictures

@Suite("Pictures of characters")
struct BlockPictureTests {
  /// The text without control sequences for colours.
  private func plain(_ text: String) -> String {
    text.replacing(/\u{1B}\[[0-9;]*m/, with: "")
  }

  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  @Test("no line is wider than the terminal or ends in blanks", arguments: [28, 41, 80, 133])
  func widths(columns: Int) throws {
    for (name, figure) in Figures.all {
      for style in [BlockStyle(colors: .truecolor), BlockStyle(colors: .none, characters: .ascii)] {
        let text = try #require(try Figures.blocks(figure, columns: columns, style))
        #expect(text.hasSuffix("\n"))
        for line in lines(text) {
          let plain = plain(line)
          #expect(plain.reduce(0) { $0 + $1.columns } <= columns, "\(name)")
          if style.colors == .none { #expect(plain.last != " ", "\(name)") }
          if style.colors != .none, !line.isEmpty { #expect(line.hasSuffix("\u{1B}[0m")) }
        }
      }
    }
  }

  @Test("the texts of figure and axes can be read", arguments: Figures.styles)
  func texts(style: BlockStyle) throws {
    let curve = plain(try #require(try Figures.blocks(Figures.curve, style)))
    for text in [
      "Learning curve", "loss (nats)", "training step", "mean of the runs", "half", "0.4", "1.0",
      "50", "100", "150", "weights 3f9a12c07be4",
    ] {
      #expect(curve.contains(text), "\(text)")
    }
    let matrix = plain(try #require(try Figures.blocks(Figures.matrix, style)))
    for text in ["map", "colours: activation", "position", "0.5"] {
      #expect(matrix.contains(text), "\(text)")
    }
    let axes = plain(try #require(try Figures.blocks(Figures.twoAxes, style)))
    #expect(axes.contains("right: learning rate"))
    #expect(axes.contains(style.characters == .ascii ? "4x10^-5" : "4×10⁻⁵"))
  }

  @Test("a picture leaves lines of the terminal free where its panels allow it")
  func height() throws {
    #expect(lines(try #require(try Figures.blocks(Figures.curve))).count <= 20)
    #expect(lines(try #require(try Figures.blocks(Figures.curve, columns: 200))).count <= 20)
    #expect(lines(try #require(try Figures.blocks(Figures.curve, rows: 60))).count <= 24)
  }

  @Test("without colours there are no control sequences, in ASCII nothing else than that")
  func plainStyles() throws {
    for (name, figure) in Figures.all {
      for style in Figures.styles {
        let text = try #require(try Figures.blocks(figure, style))
        #expect(text.contains("\u{1B}") == (style.colors != .none), "\(name)")
        if style.characters == .ascii {
          #expect(!text.contains { !$0.isASCII }, "\(name)")
        }
      }
    }
  }

  @Test("colours are those that the terminal knows")
  func colors() throws {
    let patterns: [(BlockStyle.Colors, Regex<Substring>)] = [
      (.truecolor, /[34]8;2;\d+;\d+;\d+/), (.indexed, /[34]8;5;\d+/), (.basic, /3[0-7]|9[0-7]/),
    ]
    for (colors, pattern) in patterns {
      let text = try #require(try Figures.blocks(Figures.curve, BlockStyle(colors: colors)))
      for match in text.matches(of: /\u{1B}\[0([0-9;]*)m/) {
        var rest = String(match.output.1)
        rest.replace(pattern, with: "")
        #expect(rest.allSatisfy { ";17".contains($0) }, "\(match.output.1)")
      }
      #expect(text.contains(pattern))
    }
  }

  @Test("the ground of the terminal is left as it is", arguments: [Theme.light, .dark])
  func ground(theme: Theme) throws {
    for (name, figure) in Figures.all where name != "matrix" && name != "markers" {
      let text = try #require(
        try Figures.blocks(figure, BlockStyle(colors: .truecolor), theme: theme)
      )
      let color = theme.ground
      #expect(!text.contains("48;2;\(color.red);\(color.green);\(color.blue)"), "\(name)")
      #expect(text.contains("48;2") == (name == "bars"), "\(name)")
    }
  }

  @Test("lines are dots, axes lines, markers signs and bars blocks")
  func shapes() throws {
    let style = BlockStyle(colors: .truecolor)
    let curve = try #require(try Figures.blocks(Figures.curve, style))
    #expect(curve.unicodeScalars.filter { (0x2801...0x28FF).contains($0.value) }.count > 60)
    #expect(curve.contains("┤") && curve.contains("┬"))
    let markers = try #require(try Figures.blocks(Figures.markers, style))
    for sign in "●■▲◆" { #expect(markers.filter { $0 == sign }.count >= 3, "\(sign)") }
    #expect(markers.contains("長さ 32"))
    let bars = try #require(try Figures.blocks(Figures.bars, style))
    #expect(bars.contains("48;2;213;94;0") || bars.contains("38;2;213;94;0m█"))
    let shades = try #require(try Figures.blocks(Figures.bars))
    #expect(shades.contains("▓ forward") && shades.contains("▒ backward"))
  }

  @Test("labels stand in the rows of their ticks, the axis below and the data between")
  func alignment() throws {
    var figure = Figures.curve
    figure.panels[0].series = [Series(x: [0, 100], y: [0, 1])]
    figure.panels[0].lines = []
    figure.panels[0].y.upper = 1
    let lines = lines(try #require(try Figures.blocks(figure)))
    for label in ["0.2", "0.4", "0.6", "0.8", "1.0"] {
      #expect(lines.contains { $0.contains("\(label)┤") }, "\(label)")
    }
    let axis = try #require(lines.firstIndex { $0.contains("┬──") })
    let top = try #require(lines.firstIndex { $0.contains("1.0┤") })
    #expect(lines[axis].hasPrefix("0.0") || lines[axis].contains("0.0┴"))
    func hasDots(_ line: String) -> Bool {
      line.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) }
    }
    #expect(lines.indices.filter { hasDots(lines[$0]) } == Array(top..<axis))
  }

  @Test(
    "where panels do not fit side by side they stand below one another, and the other way round"
  )
  func panels() throws {
    let narrow = lines(try #require(try Figures.blocks(Figures.grid, columns: 40)))
    #expect(narrow.filter { $0.contains("task ") }.count == 4)
    var stacked = Figures.grid
    stacked.columns = 1
    let wide = lines(try #require(try Figures.blocks(stacked, columns: 120)))
    #expect(wide.filter { $0.contains("task ") }.count == 2)
    let captions = wide.filter { $0.contains("step") }
    #expect(captions.count == 1, "only the lowest panels name their axes")
  }

  @Test("terminals too small get no picture", arguments: [(20, 5), (27, 24), (80, 11), (0, 0)])
  func tooSmall(columns: Int, rows: Int) throws {
    for (_, figure) in Figures.all {
      #expect(try Figures.blocks(figure, columns: columns, rows: rows) == nil)
    }
  }

  @Test("the least terminal gets a picture with its axes")
  func smallest() throws {
    let text = try #require(try Figures.blocks(Figures.curve, columns: 28, rows: 12))
    for word in ["Learning curve", "loss (nats)", "training step"] { #expect(text.contains(word)) }
  }
}
