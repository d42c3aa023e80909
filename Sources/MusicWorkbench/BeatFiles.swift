import Audio
import CommandLanguage
import Foundation
import Sessions
import Wording

/// The files of a transcription that depend on beats: MIDI, and a score if requested.
struct BeatFiles {
  /// The files written in addition to the MIDI file.
  private(set) var scores: [String] = []
  /// The detected beats, in words.
  private(set) var lines: [String] = []
  /// The detected beats, for scripts.
  private(set) var record: Record = [:]

  /// Detects beats if requested, and writes the files.
  ///
  /// - Throws: `Interrupted`, or a diagnostic.
  init(
    _ notes: [NoteEvent],
    pedals: [PedalSpan],
    of file: String,
    to files: TranscriptionFiles,
    _ options: BeatOptions,
    in session: Session
  ) throws {
    let heard = options.tempo == nil ? try hear(notes, of: file, in: session) : nil
    let tempo = options.tempo ?? BeatOptions.usualTempo
    let mark = TranscriptionFiles.mark
    let midi =
      heard.map { MIDIWriter(grid: $0, text: mark) } ?? MIDIWriter(tempo: tempo, text: mark)
    try session.write(midi.bytes(notes, pedals: pedals), to: files.path(.midi))
    guard let steps = options.steps else { return }
    let beats = heard ?? BeatGrid(tempo: tempo, until: notes.map(\.offset).max() ?? 0)
    let score = QuantisedScore(notes, on: beats, steps: steps)
    let title = (files.stem as NSString).lastPathComponent
    let xml = MusicXML(score, title: title, software: mark)
    try session.write(score.midi(text: mark), to: files.path(.quantised))
    try session.write(Array(xml.text.utf8), to: files.path(.score))
    scores = [files.path(.quantised), files.path(.score)]
    if score.joinedCount > 0 {
      let notes = counted(score.joinedCount, "note is", "notes are")
      lines.append("\(file): in the score \(notes) one with others of the same pitch and step")
    }
  }

  private mutating func hear(
    _ notes: [NoteEvent],
    of file: String,
    in session: Session
  ) throws -> BeatGrid? {
    let beats = try BeatGrid.estimated(of: notes) { try session.checkInterruption() }
    guard let beats else {
      let tempo = NumberFormat.short(BeatOptions.usualTempo)
      lines.append("\(file): too few notes to hear a beat in; the tempo is \(tempo)")
      return nil
    }
    lines.append(
      "\(file): \(beats.meter.signature), \(counted(beats.bars.count, "bar")), "
        + "\(Int(beats.tempo.rounded())) quarter notes a minute"
    )
    record = [
      "tempo": .number(beats.tempo), "meter": .text(beats.meter.signature),
      "bars": .number(Double(beats.bars.count)),
    ]
    return beats
  }
}
