/// The number of occurrences of something in a sound, and the first one.
package struct SoundPlaces: Equatable, Sendable {
  package private(set) var count = 0
  /// The frame of the first occurrence; 0 if there is none.
  package private(set) var first = 0

  /// Makes an empty count.
  package init() {}

  /// Restores stored values.
  init(count: Int, first: Int) { (self.count, self.first) = (count, first) }

  /// Counts an occurrence at a frame.
  mutating func note(_ frame: Int) {
    if count == 0 { first = frame }
    count += 1
  }
}
