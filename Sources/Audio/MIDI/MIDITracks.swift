/// The events of a MIDI file's tracks that matter for notes.
struct MIDITracks {
  /// An event at a tick.
  struct Event {
    enum Kind {
      /// The beginning of a note, or its end if the velocity is 0.
      case note(channel: UInt8, pitch: UInt8, velocity: UInt8)
      case program(channel: UInt8, UInt8)
      /// A movement of the sustain pedal, down or up.
      case pedal(channel: UInt8, isDown: Bool)
      /// The end of all notes of a channel.
      case silence(channel: UInt8)
      /// A tempo in microseconds per quarter note.
      case tempo(UInt32)
    }

    /// Ticks from the start of the track.
    let tick: Int
    let kind: Kind
    let track: UInt16
  }

  /// The events, track by track until they are sorted.
  private(set) var events: [Event] = []
  /// The end of each track, in ticks.
  private(set) var ends: [Int] = []

  /// The pedals that are down, by channel, as far as the track being read has set them.
  private var pedals: [UInt8: Bool] = [:]

  /// The largest number of tracks that are read.
  static let mostTracks = 1 << 16 - 1
  /// The largest number of events in a file, which bounds the memory for it; operas have a few hundred thousand.
  static let mostEvents = 500_000

  /// Sorts the events by time; simultaneous events stay in the order of the tracks.
  mutating func sort() {
    // The sort of the standard library is stable.
    events.sort { $0.tick < $1.tick }
  }

  /// Reads a track, which may lack the end-of-track event and may have another length than its chunk declares.
  ///
  /// - Parameters:
  ///   - bytes: the file from the track's first event to the end.
  ///   - said: the declared end of the chunk.
  /// - Returns: The byte offset of the track's end.
  /// - Throws: `MIDIFileError` if there are too many events.
  mutating func add(
    _ bytes: ArraySlice<UInt8>,
    to said: Int,
    _ remarks: inout MIDIRemarks
  ) throws(MIDIFileError) -> Int {
    var track = Reading(cursor: MIDICursor(bytes), limit: said)
    defer { ends.append(track.tick) }
    pedals = [:]
    do {
      while !track.isAtEnd(&remarks) { try readEvent(&track, &remarks) }
    } catch {
      guard error.isOfPlace else { throw error }
      // Nothing of the track can be read after this event.
      let isCut = bytes.endIndex <= track.limit
      remarks.note(isCut ? .cutOff : .event, at: isCut ? bytes.endIndex : error.offset)
      return isCut ? track.cursor.nextTrack() ?? bytes.endIndex : track.limit
    }
    return track.end(&remarks)
  }

  private mutating func readEvent(
    _ track: inout Reading,
    _ remarks: inout MIDIRemarks
  ) throws(MIDIFileError) {
    let start = track.cursor.offset
    let tick = track.tick + (try track.cursor.quantity("a time"))
    guard tick <= Self.lastTick else {
      track.hasEnded = true
      return remarks.note(.time, at: start)
    }
    track.tick = tick
    var first = try track.byte("an event")
    while first < 0x80, track.status == nil {
      remarks.note(.stray, at: track.cursor.offset - 1)
      first = try track.byte("the kind of an event")
    }
    switch first {
    case 0x00..<0x80: try readMessage(first, &track, &remarks)
    case 0x80..<0xF0:
      track.status = first
      try readMessage(try track.byte("a value"), &track, &remarks)
    case 0xF0, 0xF7: _ = try track.slice(of: "system message", &remarks)
    case 0xFF: try readMeta(&track, &remarks)
    default:
      // Messages for a cable: a clock and the like, a song's position or number.
      remarks.note(.system, at: track.cursor.offset - 1)
      track.cursor.skipData(most: first == 0xF2 ? 2 : first == 0xF1 || first == 0xF3 ? 1 : 0)
    }
  }

  /// The last tick of a track, chosen so that sums of times cannot overflow.
  private static let lastTick = 1 << 52

  private mutating func readMessage(
    _ data: UInt8,
    _ track: inout Reading,
    _ remarks: inout MIDIRemarks
  ) throws(MIDIFileError) {
    let status = track.status ?? 0
    let channel = status & 0x0F
    let place = track.cursor.offset - 1
    func value(_ byte: UInt8, _ offset: Int, _ remarks: inout MIDIRemarks) -> UInt8 {
      if byte > 127 { remarks.note(.value, at: offset) }
      return min(byte, 127)
    }
    switch status & 0xF0 {
    case 0x80, 0x90:
      let second = try track.byte("a velocity")
      guard data < 128 else { return remarks.note(.pitch, at: place) }
      let velocity = value(second, place + 1, &remarks)
      let isOn = status & 0xF0 == 0x90
      let kind = Event.Kind.note(channel: channel, pitch: data, velocity: isOn ? velocity : 0)
      try add(kind, at: track.tick, track.cursor)
    case 0xB0:
      let second = value(try track.byte("a value"), place + 1, &remarks)
      switch data {
      case PedalPairing.controller:
        try setPedal(of: channel, isDown: second >= 64, at: track.tick, track.cursor)
      case Self.reset where pedals[channel] == true:
        try setPedal(of: channel, isDown: false, at: track.tick, track.cursor)
      case _ where Self.silencing.contains(data):
        try add(.silence(channel: channel), at: track.tick, track.cursor)
      default: break
      }
    case 0xC0:
      let program = value(data, place, &remarks)
      if program == data {
        try add(.program(channel: channel, program), at: track.tick, track.cursor)
      }
    case 0xD0: _ = value(data, place, &remarks)
    default: _ = value(try track.byte("a value"), place + 1, &remarks)
    }
  }

  /// The controller that resets all others.
  private static let reset: UInt8 = 121
  /// The controllers that end all notes of their channel: all sound off, all notes off, and the modes, which imply it.
  private static let silencing: Set<UInt8> = [120, 123, 124, 125, 126, 127]

  /// Adds an event if the pedal crosses its middle; recordings have a value for each millimetre.
  private mutating func setPedal(
    of channel: UInt8,
    isDown: Bool,
    at tick: Int,
    _ cursor: MIDICursor
  ) throws(MIDIFileError) {
    guard pedals[channel] != isDown else { return }
    pedals[channel] = isDown
    try add(.pedal(channel: channel, isDown: isDown), at: tick, cursor)
  }

  /// Reads a meta event.
  private mutating func readMeta(
    _ track: inout Reading,
    _ remarks: inout MIDIRemarks
  ) throws(MIDIFileError) {
    let start = track.cursor.offset - 1
    let kind = try track.byte("the kind of an event")
    let content = try track.slice(of: "event", &remarks)
    if kind == 0x51, content.count >= 3 {
      let tempo = content.prefix(3).reduce(0) { $0 << 8 | UInt32($1) }
      if tempo > 0 {
        try add(.tempo(tempo), at: track.tick, track.cursor)
      } else {
        remarks.note(.tempo, at: start)
      }
    }
    track.hasEnded = kind == 0x2F
  }

  private mutating func add(
    _ kind: Event.Kind,
    at tick: Int,
    _ cursor: MIDICursor
  ) throws(MIDIFileError) {
    guard events.count < Self.mostEvents else {
      throw MIDIFileError(.tooManyEvents(limit: Self.mostEvents), at: cursor.offset)
    }
    // There are fewer than 65,536 tracks.
    events.append(Event(tick: tick, kind: kind, track: UInt16(ends.count)))
  }
}
