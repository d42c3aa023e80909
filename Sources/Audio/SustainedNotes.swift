extension [NoteEvent] {
  /// The notes as they sound where a sustain pedal holds them: one whose key is released while the pedal is down ends
  /// with the pedal, or where its key is struck again.
  ///
  /// Spans that name a program hold the notes of it.
  ///
  /// - Parameter pedals: by start.
  package func sustained(by pedals: [PedalSpan]) -> [NoteEvent] {
    guard !pedals.isEmpty else { return self }
    var result = self
    for program in Set(pedals.map(\.program)) {
      let spans = pedals.filter { $0.program == program }
      for index in indices where program == nil || self[index].program == program {
        let end = self[index].offset
        // The last span that does not begin behind the end of the note.
        var (low, high) = (0, spans.count)
        while low < high {
          let middle = (low + high) / 2
          if spans[middle].start <= end { low = middle + 1 } else { high = middle }
        }
        if low > 0, spans[low - 1].end > end { result[index].offset = spans[low - 1].end }
      }
    }
    var next: [Voice: Double] = [:]
    for index in indices.sorted(by: { self[$0].onset > self[$1].onset }) {
      let voice = Voice(pitch: self[index].pitch, program: self[index].program)
      if let onset = next[voice], onset >= self[index].offset {
        result[index].offset = Swift.min(result[index].offset, onset)
      }
      next[voice] = self[index].onset
    }
    return result
  }
}

/// What notes that cut each other off have in common.
private struct Voice: Hashable {
  let pitch: Int
  let program: Int?
}
