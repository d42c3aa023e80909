import Audio
import Synchronization
import Tensors

/// Made-up music for each seed, with a cache of the latest pieces.
final class MadeWindows: Sendable {
  private let window: Int
  private let sources = Mutex<[(source: RandomSource, windows: NoteWindows)]>([])

  /// The number of seeds whose pieces are cached.
  private static let kept = 3

  init(window: Int) {
    self.window = window
  }

  func windows(of source: RandomSource) -> NoteWindows {
    sources.withLock { sources in
      if let known = sources.first(where: { $0.source == source }) { return known.windows }
      let windows = NoteWindows(source: source, window: window)
      sources.append((source, windows))
      if sources.count > Self.kept { sources.removeFirst() }
      return windows
    }
  }
}
