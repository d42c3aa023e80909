/// A key of the keyboard.
enum Key {
  case enter, tab, escape, backspace, delete
  case up, down, left, right, home, end, pageUp, pageDown
  /// A letter with Ctrl held, as in `.control("c")`.
  case control(Character)
  /// A character with Alt held.
  case alt(Character)

  static let controlA = Key.control("a")
  static let controlC = Key.control("c")
  static let controlD = Key.control("d")
  static let controlE = Key.control("e")
  static let controlG = Key.control("g")
  static let controlK = Key.control("k")
  static let controlL = Key.control("l")
  static let controlR = Key.control("r")
  static let controlU = Key.control("u")
  static let controlW = Key.control("w")
  static let controlZ = Key.control("z")
  static let controlBackslash = Key.control("\\")
}
