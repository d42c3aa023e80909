import Synchronization
import Tensors

/// Pieces that were recorded lately, so that many windows can be cut from each.
final class PieceCache: Sendable {
  /// A piece and its samples.
  struct Recording: Sendable {
    let notes: [NoteEvent]
    let samples: [Float]
  }

  /// Which piece, of those of one source.
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

  /// - Parameter limit: recordings kept at most.
  init(limit: Int) {
    self.limit = limit
  }

  /// The recording for a key, made if it is not kept; whoever asks first has it made.
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
