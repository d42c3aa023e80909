extension BeatGrid {
  /// The beat lengths that tracking starts from, in seconds.
  private static let lengths = [0.17, 0.26, 0.4, 0.6, 0.9, 1.35]
  /// The least number of chords from which beats can be estimated.
  private static let fewestChords = 8
  /// The log-likelihood ratio of thirds over halves from which beats are compound.
  private static let thirds = 20.0

  /// Estimates beats and bars from notes, by their onsets, ends, pitches and velocities.
  ///
  /// `BeatTracker` tracks beats of several approximate lengths, `BarTracker` finds the bars on them, and `BeatFit` selects the
  /// best fit.
  ///
  /// - Parameters:
  ///   - notes: the notes in any order.
  ///   - pause: called now and then.
  /// - Returns: nil if there are too few notes for an estimate.
  package static func estimated(
    of notes: [NoteEvent],
    pause: () throws -> Void
  ) rethrows -> BeatGrid? {
    let chords = Chord.chords(of: notes)
    guard chords.count >= fewestChords else { return nil }
    let evidence = BeatEvidence(chords)
    let tracker = BeatTracker(chords, evidence)
    var best: (fit: BeatFit, beats: [Double], bars: [Int])?
    for length in lengths {
      let beats = try tracker.beats(about: length, pause: pause).filter { $0 >= 0 }
      guard beats.count > 1 else { continue }
      let bars = BarTracker(BarEvidence(chords, beats: beats))
      let fit = BeatFit(chords, evidence, beats: beats, bars: bars)
      if fit.score > best?.fit.score ?? -.infinity { best = (fit, beats, bars.bars) }
    }
    return best.map { best in
      BeatGrid(beats: best.beats, bars: best.bars, isCompound: best.fit.thirds > thirds)
    }
  }
}
