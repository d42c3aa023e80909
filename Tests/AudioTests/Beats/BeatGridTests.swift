import Testing

@testable import Audio

@Suite("Beats that are heard in notes")
struct BeatGridTests {
  @Test("beats and bars are those of the music", arguments: BeatPiece.all)
  func known(piece: BeatPiece) throws {
    let grid = try #require(BeatGrid.estimated(of: piece.notes) {})
    // The last beat has no note.
    let beats = piece.beats.dropLast()
    for beat in beats {
      #expect(grid.beats.contains { abs($0 - beat) < 0.05 }, "\(beat)")
    }
    let played = grid.beats.filter { $0 > beats[0] - 0.05 && $0 < (beats.last ?? 0) + 0.05 }
    #expect(played.count == beats.count)
    // Bars of two beats are as right as those of four.
    #expect(piece.meter % grid.meter.beats == 0 && !grid.meter.isCompound)
    let bars = grid.bars.map { grid.beats[$0] }
    for bar in piece.bars where bar < beats.count - 1 {
      #expect(bars.contains { abs($0 - piece.beats[bar]) < 0.05 }, "\(piece.beats[bar])")
    }
    #expect(grid.bars[0] == piece.pickup)
  }

  @Test("the same notes in another order give the same beats")
  func order() throws {
    let notes = Array(BeatPiece.all[1].notes.prefix(100))
    let again = Array(notes.reversed())
    #expect(BeatGrid.estimated(of: notes) {} == BeatGrid.estimated(of: again) {})
  }

  @Test("too few notes tell nothing")
  func few() {
    #expect(BeatGrid.estimated(of: []) {} == nil)
    #expect(BeatGrid.estimated(of: [NoteEvent(onset: 1, offset: 2, pitch: 60)]) {} == nil)
    let chord = (40..<90).map { NoteEvent(onset: 1, offset: 2, pitch: $0) }
    #expect(BeatGrid.estimated(of: chord) {} == nil)
  }

  @Test(
    "notes all at once, over each other and without length have beats",
    arguments: [0, 0.001, 9]
  )
  func strange(length: Double) throws {
    let notes = (0..<60).map { index in
      let onset = Double(index % 20) * 0.31
      return NoteEvent(onset: onset, offset: onset + length, pitch: 40 + index % 7)
    }
    let grid = try #require(BeatGrid.estimated(of: notes) {})
    #expect(zip(grid.beats, grid.beats.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test("times become positions between beats, before and behind them")
  func positions() {
    let grid = BeatGrid(beats: [1, 2, 4, 5], bars: [0, 3])
    let expected = [(1.0, 0.0), (1.5, 0.5), (3, 1.5), (4, 2), (0, -1), (7, 5)]
    for (time, position) in expected { #expect(grid.position(of: time) == position) }
    #expect(grid.meter == Meter(beats: 3) && grid.beatLength == 1)
    #expect(BeatGrid(tempo: 60, until: 5).beats == [0, 1, 2, 3, 4, 5, 6, 7, 8])
  }
}
