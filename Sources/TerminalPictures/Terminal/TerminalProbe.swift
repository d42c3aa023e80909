import Plotting

/// The query of a terminal's abilities, and the parser of its answers.
package enum TerminalProbe {
  /// The text to write: it asks for kitty graphics, name, size of characters, background colour and, last, the primary
  /// attributes, which every terminal answers.
  package static let query =
    "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\" + "\u{1B}[>0q" + "\u{1B}[16t"
    + "\u{1B}]11;?\u{1B}\\" + "\u{1B}[c"

  /// Parses the bytes that came from the terminal.
  ///
  /// - Parameter bytes: Answers and keys typed meanwhile, in any order.
  /// - Returns: The terminal's abilities, and all other bytes: keys for the line editor, and the start of any
  ///   incomplete answer.
  package static func parse(
    _ bytes: [UInt8]
  ) -> (abilities: TerminalAbilities, typed: [UInt8]) {
    var abilities = TerminalAbilities()
    var typed: [UInt8] = []
    var rest = bytes[...]
    while let first = rest.first {
      if first == Code.escape, let sequence = ControlSequence(rest),
        abilities.note(sequence)
      {
        rest = rest.dropFirst(sequence.length)
      } else {
        typed.append(first)
        rest = rest.dropFirst()
      }
    }
    return (abilities, typed)
  }
}

/// Control codes by name.
enum Code {
  static let escape: UInt8 = 0x1B
  static let bell: UInt8 = 0x07
}

/// A control sequence as terminals send them: `ESC [` … letter, or `ESC P`, `ESC _`, `ESC ]` … `ESC \`.
struct ControlSequence {
  /// The character after ESC.
  let kind: Character
  /// The text between the kind and the end; for `ESC [`, including the last letter.
  let body: String
  /// The number of bytes, including ESC and the end.
  let length: Int

  /// The maximum number of bytes of an answer.
  private static let longest = 512

  /// Reads the sequence at the start of the bytes; returns nil if it is incomplete.
  init?(_ bytes: ArraySlice<UInt8>) {
    let bytes = Array(bytes.prefix(Self.longest))
    guard bytes.count > 2, bytes[0] == Code.escape else { return nil }
    kind = Character(Unicode.Scalar(bytes[1]))
    let end: (body: Int, length: Int)?
    switch kind {
    case "[":
      let index = bytes[2...].firstIndex { !(0x20...0x3F).contains($0) }
      end = index.flatMap { (0x40...0x7E).contains(bytes[$0]) ? ($0 + 1, $0 + 1) : nil }
    case "P", "_", "]":
      let index = bytes[2...].firstIndex { $0 == Code.escape || $0 == Code.bell }
      end = index.flatMap { index in
        if bytes[index] == Code.bell { return (index, index + 1) }
        return index + 1 < bytes.count && bytes[index + 1] == 0x5C ? (index, index + 2) : nil
      }
    default: end = nil
    }
    guard let end else { return nil }
    body = String(decoding: bytes[2..<end.body], as: UTF8.self)
    length = end.length
  }
}

extension TerminalAbilities {
  /// Records an answer; returns false if the sequence is not an answer.
  mutating func note(_ sequence: ControlSequence) -> Bool {
    let body = sequence.body
    switch sequence.kind {
    case "[" where body.hasPrefix("?") && body.hasSuffix("c"):
      let attributes = body.dropFirst().dropLast().split(separator: ";")
      hasSixel = attributes.dropFirst().contains("4")
      isComplete = true
    case "[" where body.hasPrefix("6;") && body.hasSuffix("t"):
      let numbers = body.dropLast().split(separator: ";").map { Int($0) ?? 0 }
      if numbers.count == 3, (1...999).contains(numbers[1]), (1...999).contains(numbers[2]) {
        cell = TerminalScreen.CellSize(width: numbers[2], height: numbers[1])
      }
    case "_" where body.hasPrefix("G"):
      if body.hasPrefix("Gi=31"), body.hasSuffix(";OK") { hasKittyGraphics = true }
    case "P" where body.hasPrefix(">|"): name = String(body.dropFirst(2))
    case "]" where body.hasPrefix("11;"): ground = Self.color(body.dropFirst(3)) ?? ground
    default: return false
    }
    return true
  }

  /// Parses a colour such as `rgb:1616/1919/1e1e`, with one to four hexadecimal digits per channel.
  private static func color(_ text: Substring) -> Color? {
    guard let colon = text.firstIndex(of: ":"), text.hasPrefix("rgb") else { return nil }
    let channels = text[text.index(after: colon)...].split(separator: "/").prefix(3)
    let values = channels.compactMap { digits -> UInt8? in
      guard (1...4).contains(digits.count), let value = Int(digits, radix: 16), value >= 0
      else { return nil }
      return UInt8(value * 255 / ((1 << (4 * digits.count)) - 1))
    }
    guard values.count == 3 else { return nil }
    return Color(red: values[0], green: values[1], blue: values[2])
  }
}
