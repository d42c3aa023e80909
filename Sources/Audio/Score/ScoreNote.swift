/// A note in the steps of a score.
package struct ScoreNote: Hashable, Sendable {
  /// The first step, from 0.
  package var start: Int
  /// The step on which it ends, after its start.
  package var end: Int
  package var pitch: Int
  package var velocity: Int
  package var program: Int?

  /// The sort key of notes in a score.
  var order: (Int, Int, Int) { (start, pitch, program ?? -1) }
}
