/// The notes of a Standard MIDI File.
///
/// Times follow all changes of tempo, or the frames per second of a file with such a division. If several notes of one pitch
/// sound at once in a channel of a track, the first to begin is the first to end. Messages that end all notes of a channel end
/// those of their track. Notes on channel 10 are percussion without pitch; they are left out.
package struct MIDIFile: Sendable {
  /// The notes by onset, then by pitch; a note that begins and ends at the same time has no length.
  package let notes: [NoteEvent]
  /// The times at which the sustain pedal (controller 64) is at least half down, by start; without overlap per program.
  package let pedals: [PedalSpan]
  /// The number of percussion notes, which are left out.
  package let percussionCount: Int
  /// The number of notes that the file never ends; they last to the end of their track.
  package let endlessCount: Int

  /// The deviations from the standard.
  package private(set) var remarks = MIDIRemarks()

  /// The first bytes of every file without a wrapper.
  static let signature: [UInt8] = Array("MThd".utf8)
  /// The first bytes of a track.
  static let track: [UInt8] = Array("MTrk".utf8)
  /// The number of bytes in which the header is sought; wrappers have it near the beginning.
  private static let searched = 1 << 16

  /// Returns true if bytes are a MIDI file, plain or in a RIFF wrapper.
  package static func isIn(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.starts(with: signature)
      || bytes.starts(with: "RIFF".utf8) && bytes.dropFirst(8).starts(with: "RMID".utf8)
  }

  /// Reads the bytes of a file.
  ///
  /// Deviations from the standard are skipped, or read as intended, with a remark: wrappers, counts and lengths that do not
  /// fit, values out of range, messages that do not belong in files, a truncated file.
  ///
  /// - Throws: `MIDIFileError` with the byte of an error that makes the whole file unusable: there is no header or no track,
  ///   time has no length or is too long, or there are too many events.
  package init(parsing bytes: [UInt8]) throws(MIDIFileError) {
    var remarks = MIDIRemarks()
    var cursor = MIDICursor(bytes[...])
    cursor.move(to: try Self.start(of: bytes, &remarks) + Self.signature.count)
    let length = try cursor.number(bytes: 4, "the length of the header")
    let start = cursor.offset
    let format = try cursor.number(bytes: 2, "the format")
    let count = try cursor.number(bytes: 2, "the number of tracks")
    let division = try cursor.number(bytes: 2, "the division of time")
    // A header may be longer than when the standard was made.
    if length > 6, length <= bytes.count - start, !cursor.rest.starts(with: Self.track) {
      cursor.move(to: start + length)
    }
    let tracks = try Self.tracks(&cursor, count: count, &remarks)
    if format > 2 { remarks.note(.unknownFormat, at: start) }
    if format == 2, tracks.ends.count > 1 { remarks.note(.format2, at: start) }
    try self.init(tracks, division: division)
    self.remarks = remarks
  }

  /// Returns the byte offset of the header.
  private static func start(
    of bytes: [UInt8],
    _ remarks: inout MIDIRemarks
  ) throws(MIDIFileError) -> Int {
    let header = signature + [0, 0]
    if bytes.starts(with: signature) { return 0 }
    guard let start = MIDICursor.place(of: header, in: bytes.prefix(searched)) else {
      throw MIDIFileError(.noMIDIFile, at: 0)
    }
    if !isIn(bytes) { remarks.note(.prefix, at: 0, count: start) }
    return start
  }

  /// Reads all tracks, whatever their declared number.
  private static func tracks(
    _ cursor: inout MIDICursor,
    count: Int,
    _ remarks: inout MIDIRemarks
  ) throws(MIDIFileError) -> MIDITracks {
    var tracks = MIDITracks()
    var chunks = 0
    let first = cursor.offset
    while cursor.available > 0, tracks.ends.count < MIDITracks.mostTracks {
      guard cursor.isAtChunk else {
        guard skipStray(&cursor, &remarks) else { break }
        continue
      }
      let isTrack = cursor.rest.starts(with: track)
      cursor.move(to: cursor.offset + 4)
      let length = try cursor.number(bytes: 4, "the length of a chunk")
      chunks += 1
      // Other kinds of chunks are allowed and skipped.
      let end = cursor.offset + length
      cursor.move(to: isTrack ? try tracks.add(cursor.rest, to: end, &remarks) : end)
    }
    guard !tracks.ends.isEmpty else { throw MIDIFileError(.cutOff(expected: "a track"), at: first) }
    // Some programs also count chunks of other kinds.
    if count != tracks.ends.count, count != chunks {
      remarks.noteTracks(said: count, found: tracks.ends.count)
    }
    tracks.sort()
    return tracks
  }

  /// Skips bytes up to the next track; returns false if there is none.
  private static func skipStray(_ cursor: inout MIDICursor, _ remarks: inout MIDIRemarks) -> Bool {
    // A track's name without its whole length is the end of a truncated file.
    let next = cursor.nextTrack().flatMap { $0 > cursor.offset ? $0 : nil }
    let stray = cursor.rest[..<(next ?? cursor.rest.endIndex)]
    if next == nil, track.starts(with: stray.prefix(track.count)) || stray.starts(with: track) {
      remarks.note(.cutOff, at: stray.endIndex)
    } else if stray.contains(where: { $0 != 0 }) {
      remarks.note(.stray, at: stray.startIndex, count: stray.count)
    }
    cursor.move(to: stray.endIndex)
    return next != nil
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
      case .silence(let channel):
        pairing.silence(track: event.track, channel: channel, time: try seconds(event.tick))
      case .tempo: break
      }
    }
    self.pedals = try pedals.endAll { track throws(MIDIFileError) in try seconds(tracks.ends[track])
    }
    endlessCount = try pairing.endAll { track throws(MIDIFileError) in
      try seconds(tracks.ends[track])
    }
    percussionCount = pairing.percussionCount
    // The notes are in order of onset; the sort is stable.
    var notes = pairing.notes
    pairing = NotePairing()
    notes.sort { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
    self.notes = notes
  }
}
