import CVTerm

/// One cell of a screen.
struct Cell: Equatable {
  /// A colour of text or its background.
  enum Color: Equatable {
    case `default`
    /// An index into the terminal's 256 colours; 0 to 7 are black, red, green, yellow, blue, magenta, cyan and
    /// white.
    case palette(Int)
    case rgb(red: Int, green: Int, blue: Int)

    static let red = Color.palette(1)
    static let cyan = Color.palette(6)

    fileprivate init(code: Int32) {
      let code = Int(code)
      self =
        switch code {
        case Int(RSE_VTERM_DEFAULT_COLOR): .default
        case Int(RSE_VTERM_RGB)...:
          .rgb(red: code >> 16 & 0xFF, green: code >> 8 & 0xFF, blue: code & 0xFF)
        default: .palette(code)
        }
    }
  }

  /// The character, with what is combined with it; a blank where there is none.
  let text: String
  let foreground: Color
  let background: Color
  let isBold: Bool
  let isUnderlined: Bool
  let isReversed: Bool
  /// Whether the cell is the second half of a wide character; its text is empty then.
  let isContinuation: Bool

  init(_ cell: rse_vterm_cell) {
    let codes = withUnsafeBytes(of: cell.characters) { Array($0.bindMemory(to: UInt32.self)) }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: codes.prefix { $0 != 0 }.compactMap(Unicode.Scalar.init))
    isContinuation = cell.is_continuation
    text = isContinuation ? "" : scalars.isEmpty ? " " : String(scalars)
    foreground = Color(code: cell.foreground)
    background = Color(code: cell.background)
    isBold = cell.is_bold
    isUnderlined = cell.is_underlined
    isReversed = cell.is_reversed
  }
}
