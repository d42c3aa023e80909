import CChafa

extension Character {
  /// The number of columns the character takes in a terminal: 0, 1 or 2.
  var columns: Int {
    guard let first = unicodeScalars.first else { return 0 }
    if g_unichar_iszerowidth(first.value) != 0 { return 0 }
    return g_unichar_iswide(first.value) != 0 ? 2 : 1
  }
}
