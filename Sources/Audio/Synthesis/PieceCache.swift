import Synchronization
import Tensors

/// A cache of recently recorded pieces, so that many windows can be cut from each.
final class PieceCache: Sendable {
  /// A piece and its samples.
  struct Recording: Sendable {
    let notes: [NoteEvent]
    let samples: [Float]
  }

  /// The identity of a piece: its source, epoch and place.
  struct Key: Hashable, Sendable {
    let source: RandomSource
    let epoch: UInt64
    let place: UInt32
  }

  private struct Content {
    var recordings: [Key: Recording] = [:]
    var order: [Key] = []
  }

  private let limit: Int
  private let content = Mutex(Content())

  /// - Parameter limit: the largest number of stored recordings.
  init(limit: Int) {
    self.limit = limit
  }

  /// Returns the recording for a key, and makes it if it is not stored; callers at the same time may each make it.
  func recording(_ key: Key, make: () -> Recording) -> Recording {
    if let kept = content.withLock({ $0.recordings[key] }) { return kept }
    let made = make()
    content.withLock { content in
      guard content.recordings.updateValue(made, forKey: key) == nil else { return }
      content.order.append(key)
      if content.order.count > limit {
        content.recordings.removeValue(forKey: content.order.removeFirst())
      }
    }
    return made
  }
}
