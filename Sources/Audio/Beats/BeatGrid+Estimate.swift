extension BeatGrid {
  /// The lengths of a beat that are looked for first, in seconds.
  private static let lengths = [0.17, 0.26, 0.4, 0.6, 0.9, 1.35]
  /// Chords that a beat is heard from.
  private static let fewestChords = 8
  /// How much likelier thirds of the beats must be than halves, as a logarithm.
  private static let thirds = 20.0

  /// Beats and bars as they are heard in notes, of which onset, end, pitch and velocity count.
  ///
  /// Beats of about several lengths are tracked (`BeatTracker`), the bars on them found (`BarTracker`), and those
  /// that fit best are taken (`BeatFit`).
  ///
  /// - Parameters:
  ///   - notes: in any order.
  ///   - pause: is called now and then.
  /// - Returns: nil if there are too few notes to tell.
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
