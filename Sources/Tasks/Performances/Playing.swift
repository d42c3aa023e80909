import Audio
import Tensors

/// All that is played in a recording, as far as it is known.
package struct Playing: Sendable {
  /// The notes as held by the fingers, by onset.
  package let notes: [NoteEvent]
  /// The notes as they sound: a pressed pedal sustains them.
  package let sounding: [NoteEvent]
  package let pedals: [PedalSpan]
  /// True if velocities and the pedal are known; labels from scores have neither.
  package let isPerformed: Bool

  /// The latest end among each note and those before it.
  private let latest: [Double]

  /// - Parameter notes: the notes in any order.
  package init(_ notes: [NoteEvent], pedals: [PedalSpan] = [], isPerformed: Bool) {
    self.notes = notes.sorted { ($0.onset, $0.pitch, $0.offset) < ($1.onset, $1.pitch, $1.offset) }
    self.pedals = pedals
    self.isPerformed = isPerformed
    sounding = self.notes.held(by: pedals)
    var end = -Double.infinity
    latest = sounding.map { note in
      end = max(end, note.offset)
      return end
    }
  }

  /// The weight in the loss of sounding notes and their ends if they are taken from a score.
  private static let weightOfScoredEnds: Float = 0.3

  /// Writes the targets and weights of the frames of a window.
  ///
  /// - Parameters:
  ///   - time: the times of the frames.
  ///   - shift: the transposition in semitones.
  ///   - values, weights: zeros; [frames, `PlayingRow.count`].
  func label(
    _ time: FrameTimes,
    shift: Int,
    _ values: UnsafeMutableBufferPointer<Float>,
    _ weights: UnsafeMutableBufferPointer<Float>
  ) {
    typealias Row = PlayingRow
    let ends: Float = isPerformed ? 1 : Self.weightOfScoredEnds
    for frame in 0..<time.count {
      let row = frame * Row.count
      for key in 0..<PianoKeys.count {
        weights[row + Row.index(key, .onset)] = 1
        weights[row + Row.index(key, .sounding)] = ends
        weights[row + Row.index(key, .end)] = ends
      }
      guard isPerformed else { continue }
      for pedal in Row.Pedal.allCases { weights[row + Row.index(pedal)] = 1 }
    }
    func rise(to value: Int, at second: Double, _ body: (_ row: Int, _ share: Float) -> Void) {
      let place = time.place(of: second)
      for frame in time.frames(about: place, reach: Row.reach) {
        let share = Float(1 - abs(Double(frame) - place) / Row.reach)
        let index = frame * Row.count + value
        if share > values[index] { values[index] = share }
        body(frame * Row.count, share)
      }
    }
    func hold(_ value: Int, _ span: (Double, Double)) {
      let frames = time.frames(from: span.0, to: span.1)
      for frame in frames { values[frame * Row.count + value] = 1 }
    }
    for note in sounding[firstNote(at: time.first)...] {
      guard note.onset < time.last else { break }
      let key = note.pitch + shift - PianoKeys.lowest
      guard (0..<PianoKeys.count).contains(key) else { continue }
      rise(to: Row.index(key, .onset), at: note.onset) { row, share in
        guard isPerformed, share > 0.5 else { return }
        values[row + Row.index(key, .velocity)] = Float(note.velocity) / 127
        weights[row + Row.index(key, .velocity)] = 1
      }
      hold(Row.index(key, .sounding), (note.onset, note.offset))
      rise(to: Row.index(key, .end), at: note.offset) { _, _ in }
    }
    for pedal in pedals where pedal.end > time.first && pedal.start < time.last {
      hold(Row.index(.pressed), (pedal.start, pedal.end))
      rise(to: Row.index(.release), at: pedal.end) { _, _ in }
    }
  }

  /// Returns the index of the first note that may sound at a time or later.
  private func firstNote(at time: Double) -> Int {
    var (low, high) = (0, latest.count)
    while low < high {
      let middle = (low + high) / 2
      if latest[middle] < time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The times of the frames of a window that may have been stretched about its middle.
struct FrameTimes {
  /// The time of frame 0 in seconds.
  private let start: Double
  /// The time from one frame to the next in seconds.
  private let step: Double
  let count: Int

  /// - Parameters:
  ///   - start: the sample of the recording at which the window starts.
  ///   - stretch: the distance in the recording, in samples, of adjacent samples of the window.
  init(start: Int, frames: Int, stretch: Double = 1) {
    let samples = Double(Spectrogram.stride)
    let middle = Double(start) + Double(frames) * samples / 2
    self.start =
      (middle + (samples - Double(frames) * samples / 2) * stretch) / Double(MusicForm.rate)
    step = samples * stretch / Double(MusicForm.rate)
    count = frames
  }

  /// The times between which notes affect frames, in seconds.
  var first: Double { start - PlayingRow.reach * step }
  var last: Double { start + (Double(count) + PlayingRow.reach) * step }

  /// Returns the place of a time among the frames, as a fractional index.
  func place(of second: Double) -> Double { (second - start) / step }

  /// Returns the frames less than `reach` away from a place.
  func frames(about place: Double, reach: Double) -> Range<Int> {
    let first = max(0, min(Double(count), (place - reach).rounded(.down) + 1))
    let last = max(first, min(Double(count), (place + reach).rounded(.up)))
    return Int(first)..<Int(last)
  }

  /// Returns the frames at times from `from` until before `to`.
  func frames(from: Double, to: Double) -> Range<Int> {
    let first = max(0, min(Double(count), place(of: from).rounded(.up)))
    let last = max(first, min(Double(count), place(of: to).rounded(.up)))
    return Int(first)..<Int(last)
  }
}
