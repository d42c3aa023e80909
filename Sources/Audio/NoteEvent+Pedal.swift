/// The key of a stroke: its pitch and program.
private struct Key: Hashable {
  let pitch: Int
  let program: Int?
}

extension [NoteEvent] {
  /// Returns the notes as the sustain pedal prolongs them: a note that ends while its program's pedal is down lasts until the
  /// pedal is released or its key is struck again.
  ///
  /// This is the convention of MAESTRO's notes and of the metrics computed on them (Hawthorne et al., 2018, section 3). A key
  /// released at the moment the pedal goes down is held; one released together with the pedal is not.
  ///
  /// - Parameter pedals: the pedal's spans by start; those of one program do not overlap.
  package func held(by pedals: [PedalSpan]) -> [NoteEvent] {
    let spans = Dictionary(grouping: pedals, by: \.program)
    var strokes: [Key: [Double]] = [:]
    for note in self {
      strokes[Key(pitch: note.pitch, program: note.program), default: []].append(note.onset)
    }
    for key in strokes.keys { strokes[key]?.sort() }
    return map { note in
      // The last press of the pedal before the key is released.
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
  /// Returns the last element for which a condition holds; the condition holds for a prefix of the array only.
  fileprivate func lastElement(where holds: (Element) -> Bool) -> Element? {
    let count = partition(holds)
    return count > 0 ? self[count - 1] : nil
  }

  /// Returns the first element for which a condition holds; the condition then holds for every later element.
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
