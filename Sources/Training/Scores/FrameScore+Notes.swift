import Audio

extension FrameScore {
  /// Compares two lists of notes in frames at the times 0, hop, 2 · hop, …; a note sounds in the frames from its onset
  /// up to, but not including, its offset.
  ///
  /// - Parameter hop: the time between frames in seconds, greater than 0.
  package init(reference: [NoteEvent], estimate: [NoteEvent], hop: Double) {
    precondition(hop > 0, "frames go forward")
    self.init()
    var changes: [Change] = []
    for (notes, isReference) in [(reference, true), (estimate, false)] {
      for note in notes {
        let (first, end) = (Self.frame(note.onset, hop), Self.frame(note.offset, hop))
        guard first < end else { continue }
        changes.append(Change(frame: first, pitch: note.pitch, isReference, begins: true))
        changes.append(Change(frame: end, pitch: note.pitch, isReference, begins: false))
      }
    }
    changes.sort { $0.frame < $1.frame }
    var (heard, found) = (Sounding(), Sounding())
    var frame = 0
    for change in changes {
      add(reference: heard.notes, estimate: found.notes, frames: change.frame - frame)
      frame = change.frame
      if change.isReference { heard.apply(change) } else { found.apply(change) }
    }
  }

  /// Returns the first frame at or after a time in seconds.
  private static func frame(_ seconds: Double, _ hop: Double) -> Int {
    var frame = Int(min(max(seconds / hop, 0), 0x1p52).rounded(.down))
    // Division may be off by one if the time is that of a frame.
    while frame > 0, Double(frame - 1) * hop >= seconds { frame -= 1 }
    while Double(frame) * hop < seconds, frame < 1 << 52 { frame += 1 }
    return frame
  }

  /// A note that begins or ends at a frame.
  private struct Change {
    let frame: Int
    let pitch: Int
    let isReference: Bool
    let begins: Bool

    init(frame: Int, pitch: Int, _ isReference: Bool, begins: Bool) {
      self.frame = frame
      self.pitch = pitch
      self.isReference = isReference
      self.begins = begins
    }
  }

  /// The notes of one list that sound, each counted as many times as it is played.
  private struct Sounding {
    private(set) var notes = NoteSet()
    private var voices = [Int](repeating: 0, count: frameSize)

    mutating func apply(_ change: Change) {
      voices[change.pitch] += change.begins ? 1 : -1
      if change.begins { notes.insert(change.pitch) }
      if voices[change.pitch] == 0 { notes.remove(change.pitch) }
    }
  }
}
