import Foundation
import Testing

@testable import Audio

@Suite("MIDI files with a tempo for each beat, programs and pedals")
struct TempoMapWritingTests {
  private static let notes = [
    NoteEvent(onset: 0.7312, offset: 1.1, pitch: 67, velocity: 70),
    NoteEvent(onset: 1.2101, offset: 2.8, pitch: 43, velocity: 90),
    NoteEvent(onset: 1.8035, offset: 2.2, pitch: 71, velocity: 60),
    NoteEvent(onset: 2.5507, offset: 2.9, pitch: 72, velocity: 64),
    NoteEvent(onset: 2.9, offset: 3.9, pitch: 48, velocity: 80, program: 42),
    NoteEvent(onset: 4.4123, offset: 6, pitch: 74, velocity: 75),
  ]
  private static let pedals = [
    PedalSpan(start: 1.3, end: 2.75), PedalSpan(start: 2.9, end: 4.3),
    PedalSpan(start: 3, end: 3.5, program: 42),
  ]

  private func bytes(_ base64: String) -> [UInt8] {
    Data(base64Encoded: base64, options: .ignoreUnknownCharacters).map(Array.init) ?? []
  }

  /// pretty_midi 0.2.11 reads of these bytes: 3/4; beats at 0, 0.365, 0.73, 1.21, 1.8, 2.25, 2.9, 3.31, 3.99,
  /// 4.41, 5.1 s, which are the grid's behind one of silence, and downbeats at 0, 1.21, 2.9 and 4.41 s; a track
  /// Piano with notes at 0.7310000, 1.21, 1.8032812, 2.550625 and 4.4121562 s and the pedal down at 1.2997292 and
  /// 2.9 s, up at 2.7496875 and 4.3001875 s; a track Cello of program 42 with a note at 2.9 s and its pedal down at
  /// 2.9999375 s and up at 3.4998333 s.
  private let simple = """
    TVRoZAAAAAYAAQADA8BNVHJrAAAAWwD/AQRtYWRlAP9YBAMCGAgA/1EDBZHIjwD/UQMHUwCHQP9RAwkAsIdA/1EDBt3Q
    h0D/UQMJ6xCHQP9RAwZBkIdA/1EDCmBAh0D/UQMGaKCHQP9RAwqHUAD/LwBNVHJrAAAAUQD/AwVQaWFub48CkENGhWKA
    Q0CBXJArWoESsEB/hjWQRzyGToBHQIQnkEhAgiawQABKgCtAgRSASEAAsEB/lEWwQACBfpBKS5EhgEpAAP8vAE1UcmsA
    AAAkAP8DBUNlbGxvrQDBKgCRMFCBarFAf4disUAAhDWBMEAA/y8A
    """

  /// pretty_midi reads of these: 6/8, downbeats at 0, 1.5 and 2.95 s, beats at 0, 0.75, 1.5, 2.2, 2.95, 3.7 s.
  private let compound = """
    TVRoZAAAAAYAAQADAeBNVHJrAAAAIwD/WAQGAyQIAP9RAwehIIsg/1EDBx7rhVD/UQMHoSAA/y8ATVRyawAAAD0A/wMF
    UGlhbm+FPpBDRoJigENAapArWoROkEc8gxiAR0CCUZBIQIFvgCtAYIBIQIsskEpLi3SASkAA/y8ATVRyawAAABoA/wMF
    Q2VsbG+WEMEqAJEwUIdAgTBAAP8vAA==
    """

  @Test("beats fall on beats and bars on bars, as another program reads them")
  func reference() throws {
    let grid = BeatGrid(
      beats: [0.73, 1.21, 1.80, 2.25, 2.9, 3.31, 3.99, 4.41, 5.1],
      bars: [1, 4, 7]
    )
    let written = MIDIWriter(grid: grid, text: "made").bytes(Self.notes, pedals: Self.pedals)
    #expect(written == bytes(simple))
    let six = BeatGrid(
      beats: [0.05, 0.75, 1.5, 2.2, 2.95, 3.7],
      bars: [0, 2, 4],
      isCompound: true
    )
    #expect(MIDIWriter(grid: six).bytes(Self.notes) == bytes(compound))
  }

  @Test("both formats give the notes and pedals back", arguments: MIDIWriter.Format.allCases)
  func formats(format: MIDIWriter.Format) throws {
    for piece in BeatPiece.all {
      let grid = BeatGrid(beats: piece.beats, bars: piece.bars)
      let writer = MIDIWriter(format: format, grid: grid)
      let notes = piece.notes.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
      let pedals = piece.bars.map { PedalSpan(start: piece.beats[$0], end: piece.beats[$0] + 0.4) }
      let read = try MIDIFile(parsing: writer.bytes(notes, pedals: pedals))
      #expect(writer.tickLength <= 0.00105 && read.notes.count == notes.count)
      for pitch in 0..<128 {
        let pairs = zip(
          read.notes.filter { $0.pitch == pitch },
          notes.filter { $0.pitch == pitch }
        )
        for (found, note) in pairs {
          #expect(abs(found.onset - note.onset) <= writer.tickLength)
          #expect(abs(found.offset - note.offset) <= writer.tickLength)
        }
      }
      #expect(read.pedals.count == pedals.count)
      for (found, pedal) in zip(read.pedals, pedals) {
        #expect(abs(found.start - pedal.start) <= writer.tickLength)
        #expect(abs(found.end - pedal.end) <= writer.tickLength)
      }
    }
  }

  @Test("the silence before the music is whole bars, or a short one where it must be")
  func leadIn() {
    func lead(_ start: Double, pickup: Int) -> (beats: [Double], bars: [Int]) {
      let beats = (0..<9).map { start + Double($0) * 0.5 }
      let lead = LeadIn(BeatGrid(beats: beats, bars: [pickup, pickup + 4]))
      return (lead.beats, lead.bars.map(\.meter.beats))
    }
    #expect(lead(2, pickup: 0) == ([0, 0.5, 1, 1.5, 2], [4]))
    // Three beats of silence and one of pickup; a little slower than the music.
    #expect(lead(1.8, pickup: 1) == ([0, 0.6, 1.2, 1.8], [4]))
    // Too little for three beats.
    #expect(lead(0.5, pickup: 1) == ([0, 0.5], [2]))
    // Too little for one.
    #expect(lead(0.1, pickup: 1) == ([0], [1]))
    #expect(lead(0.1, pickup: 0) == ([0], []))
    #expect(lead(4.2, pickup: 0).bars == [4] && lead(4.2, pickup: 0).beats.count == 9)
  }
}
