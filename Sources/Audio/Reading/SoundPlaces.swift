/// How often something was met in a sound, and where first.
package struct SoundPlaces: Equatable, Sendable {
  package private(set) var count = 0
  /// The frame of the first; 0 for none.
  package private(set) var first = 0

  /// None so far.
  package init() {}

  /// Those that were kept.
  init(count: Int, first: Int) { (self.count, self.first) = (count, first) }

  /// Counts one at a frame.
  mutating func note(_ frame: Int) {
    if count == 0 { first = frame }
    count += 1
  }
}
