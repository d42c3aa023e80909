/// The set of the 128 notes that sound in a frame; bit k of the two words together is note k.
package struct NoteSet: Hashable, Sendable {
  /// Notes 0 … 63.
  package private(set) var low: UInt64 = 0
  /// Notes 64 … 127.
  package private(set) var high: UInt64 = 0

  /// Creates the empty set.
  package init() {}

  /// Adds a note, 0 … 127.
  package mutating func insert(_ note: Int) {
    precondition(0..<128 ~= note, "there are 128 notes")
    if note < 64 { low |= 1 << UInt64(note) } else { high |= 1 << UInt64(note - 64) }
  }

  /// Removes a note, 0 … 127.
  package mutating func remove(_ note: Int) {
    precondition(0..<128 ~= note, "there are 128 notes")
    if note < 64 { low &= ~(1 << UInt64(note)) } else { high &= ~(1 << UInt64(note - 64)) }
  }
}
