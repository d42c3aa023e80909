/// What is struck.
private struct Key: Hashable {
  let pitch: Int
  let program: Int?
}

extension [NoteEvent] {
  /// The notes as long as strings sound whose dampers the sustain pedal holds up: one that ends while the pedal of its
  /// program is down lasts until that is released, or its key is struck again.
  ///
  /// The convention of the notes of MAESTRO and of what is measured on them (Hawthorne et al., 2018, section 3). A key
  /// that is released when the pedal goes down is held, one that is released with it is not.
  ///
  /// - Parameter pedals: by start; those of one program do not overlap.
  package func held(by pedals: [PedalSpan]) -> [NoteEvent] {
    let spans = Dictionary(grouping: pedals, by: \.program)
    var strokes: [Key: [Double]] = [:]
    for note in self {
      strokes[Key(pitch: note.pitch, program: note.program), default: []].append(note.onset)
    }
    for key in strokes.keys { strokes[key]?.sort() }
    return map { note in
      // The pedal went down last before the key is released.
      guard let span = spans[note.program]?.lastElement(where: { $0.start <= note.offset }),
        note.offset < span.end
      else { return note }
      let key = Key(pitch: note.pitch, program: note.program)
      let next = strokes[key]?.firstElement { $0 > note.onset } ?? span.end
      var held = note
      held.offset = Swift.max(note.offset, Swift.min(span.end, next))
      return held
    }
  }
}

extension Array {
  /// The last element at the beginning for which a condition holds; it holds for none behind the first for which it
  /// does not.
  fileprivate func lastElement(where holds: (Element) -> Bool) -> Element? {
    let count = partition(holds)
    return count > 0 ? self[count - 1] : nil
  }

  /// The first element for which a condition holds; it holds for all behind it.
  fileprivate func firstElement(where holds: (Element) -> Bool) -> Element? {
    let count = partition { !holds($0) }
    return count < self.count ? self[count] : nil
  }

  private func partition(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
