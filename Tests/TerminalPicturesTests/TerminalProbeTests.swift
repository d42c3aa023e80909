import Plotting
import TestSupport
import Testing

@testable import TerminalPictures

@Suite("Answers of terminals")
struct TerminalProbeTests {
  static let kitty = "\u{1B}_Gi=31;OK\u{1B}\\"
  static let name = "\u{1B}P>|kitty(0.36.4)\u{1B}\\"
  static let cell = "\u{1B}[6;43;20t"
  static let ground = "\u{1B}]11;rgb:1616/1919/1e1e\u{1B}\\"
  static let attributes = "\u{1B}[?62;4;22c"

  private func parse(_ text: String) -> (abilities: TerminalAbilities, typed: String) {
    let (abilities, typed) = TerminalProbe.parse(Array(text.utf8))
    return (abilities, String(decoding: typed, as: UTF8.self))
  }

  @Test("the question about attributes is the last")
  func query() {
    #expect(TerminalProbe.query.hasSuffix("\u{1B}[c"))
    #expect(TerminalProbe.query.contains("a=q"))
    #expect(TerminalProbe.query.contains("\u{1B}[16t"))
  }

  @Test("all answers are understood")
  func all() {
    let (abilities, typed) = parse(
      Self.kitty + Self.name + Self.cell + Self.ground + Self.attributes
    )
    #expect(abilities.hasKittyGraphics)
    #expect(abilities.hasSixel)
    #expect(abilities.cell == .init(width: 20, height: 43))
    #expect(abilities.name == "kitty(0.36.4)")
    #expect(abilities.ground == Color(0x16191E))
    #expect(abilities.theme == .dark)
    #expect(abilities.isComplete)
    #expect(typed == "")
  }

  @Test(
    "attributes tell sixel graphics only by their number 4",
    arguments: [
      ("\u{1B}[?62;4c", true), ("\u{1B}[?4;6c", false), ("\u{1B}[?62;44c", false),
      ("\u{1B}[?1;2c", false), ("\u{1B}[?c", false), ("\u{1B}[?65;1;4;9c", true),
    ]
  )
  func sixel(answer: String, hasSixel: Bool) {
    let (abilities, typed) = parse(answer)
    #expect(abilities.hasSixel == hasSixel)
    #expect(abilities.isComplete)
    #expect(typed == "")
  }

  @Test("keys between answers are kept in order, with the sequences of arrow keys")
  func typed() {
    let (abilities, typed) = parse(
      "pl" + Self.kitty + "o\u{1B}[A" + Self.cell + "t\r" + Self.attributes + "ü\u{1B}"
    )
    #expect(abilities.hasKittyGraphics && abilities.hasSixel)
    #expect(typed == "plo\u{1B}[At\rü\u{1B}")
  }

  @Test("an answer that has not come whole is no answer yet, wherever it is cut")
  func partial() {
    let whole = Self.kitty + Self.ground + Self.attributes
    for length in 0..<whole.utf8.count {
      let bytes = Array(whole.utf8.prefix(length))
      let (abilities, typed) = TerminalProbe.parse(bytes)
      #expect(!abilities.isComplete)
      let known =
        (abilities.hasKittyGraphics ? Self.kitty.utf8.count : 0)
        + (abilities.ground == nil ? 0 : Self.ground.utf8.count)
      #expect(typed == Array(bytes.dropFirst(known)))
    }
  }

  @Test(
    "refusals and nonsense promise nothing",
    arguments: [
      "\u{1B}_Gi=31;ENOTSUPPORTED:no\u{1B}\\", "\u{1B}[6;0;0t", "\u{1B}[6;t", "\u{1B}[6;99999;9t",
      "\u{1B}]11;rgb:zz/zz/zz\u{07}", "\u{1B}]11;?\u{07}", "\u{1B}]11;rgb:1/2\u{07}",
    ]
  )
  func refusals(answer: String) {
    let (abilities, typed) = parse(answer)
    #expect(abilities == TerminalAbilities())
    #expect(typed == "", "an answer is no key, whatever it says")
  }

  @Test("what is no answer comes back byte by byte")
  func garbage() {
    var random = SeededRandom(seed: 11)
    for _ in 0..<300 {
      let bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &random) }
        .filter { $0 != 0x1B }
      #expect(TerminalProbe.parse(bytes).typed == bytes)
      _ = TerminalProbe.parse(bytes.flatMap { [0x1B, $0] })
    }
  }

  @Test("colours have one to four digits, and a light ground is for the light theme")
  func colors() {
    #expect(parse("\u{1B}]11;rgb:f/8/0\u{07}").abilities.ground == Color(0xFF8800))
    let light = parse("\u{1B}]11;rgba:ffff/ffff/eeee/ffff\u{1B}\\").abilities
    #expect(light.ground == Color(0xFFFFEE))
    #expect(light.theme == .light)
    #expect(TerminalAbilities().theme == .light)
  }
}

@Suite("The choice of a method")
struct PictureMethodTests {
  private static func abilities(
    kitty: Bool = false,
    sixel: Bool = false,
    name: String? = nil
  ) -> TerminalAbilities {
    var abilities = TerminalAbilities()
    abilities.hasKittyGraphics = kitty
    abilities.hasSixel = sixel
    abilities.name = name
    return abilities
  }

  static let cases: [(TerminalAbilities, [String: String], PictureMethod)] = [
    (abilities(), ["TERM": "xterm-256color"], .blocks),
    (abilities(kitty: true, sixel: true), ["TERM": "xterm-kitty"], .kitty),
    (abilities(sixel: true), ["TERM": "foot"], .sixel),
    (abilities(), ["TERM": "xterm", "TERM_PROGRAM": "iTerm.app"], .iterm),
    (abilities(sixel: true), ["TERM": "xterm", "LC_TERMINAL": "iTerm2"], .iterm),
    (abilities(), ["TERM": "xterm", "TERM_PROGRAM": "WezTerm"], .iterm),
    (abilities(), ["TERM": "xterm", "TERM_PROGRAM": "vscode"], .blocks),
    (abilities(sixel: true), ["TERM": "xterm", "TERM_PROGRAM": "vscode"], .iterm),
    (abilities(name: "iTerm2 3.5"), ["TERM": "xterm"], .iterm),
    (abilities(name: "XTerm(390)"), ["TERM": "xterm", "LC_TERMINAL": "iTerm2"], .blocks),
    (abilities(kitty: true, sixel: true), ["TERM": "tmux-256color", "TMUX": "/tmp/1"], .sixel),
    (abilities(kitty: true), ["TERM": "screen", "STY": "1.tty"], .blocks),
    (abilities(), ["TERM": "tmux", "TMUX": "/tmp/1", "TERM_PROGRAM": "iTerm.app"], .blocks),
    (abilities(kitty: true, sixel: true), ["TERM": "dumb"], .blocks),
    (abilities(kitty: true), ["TERM": "linux"], .blocks),
    (abilities(kitty: true), [:], .blocks),
  ]

  @Test("the best method is chosen", arguments: cases)
  func best(abilities: TerminalAbilities, environment: [String: String], method: PictureMethod) {
    #expect(PictureMethod.best(abilities, environment: environment) == method)
  }

  static let styles: [([String: String], BlockStyle.Colors, BlockStyle.Characters)] = [
    (["TERM": "xterm", "COLORTERM": "truecolor", "LANG": "C.UTF-8"], .truecolor, .unicode),
    (["TERM": "xterm-256color", "LANG": "en_US.utf8"], .indexed, .unicode),
    (["TERM": "xterm-direct", "LC_CTYPE": "de_DE.UTF-8"], .truecolor, .unicode),
    (["TERM": "xterm", "LANG": "de_DE.ISO-8859-1"], .basic, .ascii),
    (["TERM": "xterm", "LANG": "C.UTF-8", "LC_ALL": "C"], .basic, .ascii),
    (["TERM": "xterm", "LANG": "C", "LC_ALL": "", "LC_CTYPE": "C.UTF-8"], .basic, .unicode),
    (["TERM": "xterm-256color", "NO_COLOR": "1", "LANG": "C.UTF-8"], .none, .unicode),
    (["TERM": "xterm-256color", "NO_COLOR": "", "LANG": "C.UTF-8"], .indexed, .unicode),
    (["TERM": "dumb", "COLORTERM": "truecolor", "LANG": "C.UTF-8"], .none, .ascii),
    (["TERM": "linux", "LANG": "C.UTF-8"], .basic, .ascii), ([:], .none, .ascii),
  ]

  @Test("colours and characters follow the environment", arguments: styles)
  func style(
    environment: [String: String],
    colors: BlockStyle.Colors,
    characters: BlockStyle.Characters
  ) {
    let style = BlockStyle(environment: environment)
    #expect(style == BlockStyle(colors: colors, characters: characters))
  }

  @Test("methods go by the names that users type")
  func names() {
    #expect(PictureMethod.allCases.map(\.rawValue) == ["kitty", "iterm", "sixel", "blocks"])
  }
}
