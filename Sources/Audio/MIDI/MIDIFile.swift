/// The notes of a Standard MIDI File of format 0 or 1.
///
/// Times follow all changes of tempo, or the frames per second of a file that is timed so. Of several notes
/// of one pitch that sound at once in a channel of a track, the first to begin is the first to end. Notes
/// on channel 10 are percussion and have no pitch; they are left out.
package struct MIDIFile: Sendable {
  /// The notes by onset, then by pitch; one that begins and ends at the same time has no length.
  package let notes: [NoteEvent]
  /// When the sustain pedal (controller 64) is at least half down, by start; of each program without overlap.
  package let pedals: [PedalSpan]
  /// Notes of percussion, which are left out.
  package let percussionCount: Int
  /// Notes that the file never ends; they last to the end of their track.
  package let endlessCount: Int

  /// How every file begins.
  package static let signature: [UInt8] = Array("MThd".utf8)

  /// Reads the bytes of a file.
  ///
  /// - Throws: `MIDIFileError` with the byte at which something is wrong.
  package init(parsing bytes: [UInt8]) throws(MIDIFileError) {
    guard bytes.starts(with: Self.signature) else { throw MIDIFileError(.noMIDIFile, at: 0) }
    var cursor = MIDICursor(bytes[...])
    var header = MIDICursor(try Self.chunk(&cursor).content)
    let format = try header.number(bytes: 2, "the format")
    guard format < 2 else { throw MIDIFileError(.format(format), at: 8) }
    let trackCount = try header.number(bytes: 2, "the number of tracks")
    let division = try header.number(bytes: 2, "the division of time")

    var tracks = MIDITracks()
    while tracks.ends.count < trackCount {
      let (type, content) = try Self.chunk(&cursor)
      // Other kinds of chunks are allowed and passed over.
      if type.elementsEqual("MTrk".utf8) { try tracks.add(content) }
    }
    tracks.sort()
    try self.init(tracks, division: division)
  }

  private static func chunk(
    _ cursor: inout MIDICursor
  ) throws(MIDIFileError) -> (type: ArraySlice<UInt8>, content: ArraySlice<UInt8>) {
    guard cursor.available > 0 else {
      throw MIDIFileError(.cutOff(expected: "a track"), at: cursor.offset)
    }
    guard cursor.available >= 8 else {
      throw MIDIFileError(
        .cutOff(expected: "the rest of a chunk"),
        at: cursor.offset + cursor.available
      )
    }
    let type = try cursor.slice(4, of: "name of a chunk")
    let length = try cursor.number(bytes: 4, "the length of a chunk")
    let isTrack = type.elementsEqual("MTrk".utf8)
    return (type, try cursor.slice(length, of: isTrack ? "track" : "chunk"))
  }

  private init(_ tracks: MIDITracks, division: Int) throws(MIDIFileError) {
    let tempi = tracks.events.compactMap { event in
      if case .tempo(let tempo) = event.kind { (event.tick, Int(tempo)) } else { nil }
    }
    guard let map = TempoMap(division: division, tempi: tempi) else {
      throw MIDIFileError(tempi.isEmpty ? .division(division) : .longTime, at: 12)
    }
    func seconds(_ tick: Int) throws(MIDIFileError) -> Double {
      guard let seconds = map.seconds(of: tick), NoteEvent.times.contains(seconds) else {
        throw MIDIFileError(.longTime, at: 12)
      }
      return seconds
    }
    var pairing = NotePairing()
    var pedals = PedalPairing()
    for event in tracks.events {
      switch event.kind {
      case .note(let channel, let pitch, let velocity):
        let voice = NotePairing.Voice(track: event.track, channel: channel, pitch: pitch)
        pairing.note(voice, velocity: Int(velocity), time: try seconds(event.tick))
      case .program(let channel, let program): pairing.programs[Int(channel)] = Int(program)
      case .pedal(let channel, let isDown):
        pedals.pedal(
          channel: Int(channel),
          isDown: isDown,
          program: pairing.programs[Int(channel)],
          track: Int(event.track),
          time: try seconds(event.tick)
        )
      case .tempo: break
      }
    }
    self.pedals = try pedals.endAll { track throws(MIDIFileError) in try seconds(tracks.ends[track])
    }
    endlessCount = try pairing.endAll { track throws(MIDIFileError) in
      try seconds(tracks.ends[track])
    }
    percussionCount = pairing.percussionCount
    // They are in the order of their onsets; the sort is stable.
    var notes = pairing.notes
    pairing = NotePairing()
    notes.sort { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
    self.notes = notes
  }
}
