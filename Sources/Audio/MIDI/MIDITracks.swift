/// What the tracks of a MIDI file say that matters for notes.
struct MIDITracks {
  /// Something at a time.
  struct Event {
    enum Kind {
      /// Velocity 0 is a note off.
      case note(channel: UInt8, pitch: UInt8, velocity: UInt8)
      case program(channel: UInt8, UInt8)
      /// The sustain pedal goes down or up.
      case pedal(channel: UInt8, isDown: Bool)
      /// Microseconds per quarter note.
      case tempo(UInt32)
    }

    /// Ticks from the start of the track.
    let tick: Int
    let kind: Kind
    let track: UInt16
  }

  /// The events of one track after another.
  private(set) var events: [Event] = []
  /// The end of each track, in ticks.
  private(set) var ends: [Int] = []

  /// Whether the pedals of channels are down, as far as the track that is read has said so.
  private var pedals: [UInt8: Bool] = [:]

  /// How many events a file may have, which bounds the memory for it; operas have some hundred thousand.
  static let mostEvents = 500_000

  /// Puts the events in the order of time; those of the same time stay in the order of the tracks.
  mutating func sort() {
    // The sort of the standard library is stable.
    events.sort { $0.tick < $1.tick }
  }

  /// Reads the content of a track chunk; it may lack the event that marks its end.
  mutating func add(_ content: ArraySlice<UInt8>) throws(MIDIFileError) {
    var end = 0
    defer { ends.append(end) }
    pedals = [:]
    var cursor = MIDICursor(content)
    var status: UInt8?
    while cursor.available > 0 {
      let start = cursor.offset
      let (tick, overflows) = end.addingReportingOverflow(try cursor.quantity("a time"))
      if overflows { throw MIDIFileError(.longTime, at: start) }
      end = tick
      let first = try cursor.byte("an event")
      switch first {
      case 0x00..<0x80:
        guard let status else {
          throw MIDIFileError(
            .unexpectedByte(first, expected: "the kind of an event"),
            at: cursor.offset - 1
          )
        }
        try readMessage(status, data: first, at: end, &cursor)
      case 0x80..<0xF0:
        status = first
        try readMessage(first, data: try cursor.dataByte("a value"), at: end, &cursor)
      case 0xF0, 0xF7:
        _ = try cursor.slice(try cursor.quantity("a length"), of: "system message")
      case 0xFF:
        let isEnd = try readMeta(at: end, &cursor)
        if isEnd { return }
      default:
        throw MIDIFileError(
          .unexpectedByte(first, expected: "the kind of an event"),
          at: cursor.offset - 1
        )
      }
    }
  }

  private mutating func readMessage(
    _ status: UInt8,
    data: UInt8,
    at tick: Int,
    _ cursor: inout MIDICursor
  ) throws(MIDIFileError) {
    let channel = status & 0x0F
    switch status & 0xF0 {
    case 0x80:
      _ = try cursor.dataByte("a velocity")
      try add(.note(channel: channel, pitch: data, velocity: 0), at: tick, cursor)
    case 0x90:
      let velocity = try cursor.dataByte("a velocity")
      try add(.note(channel: channel, pitch: data, velocity: velocity), at: tick, cursor)
    case 0xB0:
      let value = try cursor.dataByte("a value")
      if data == PedalPairing.controller {
        try setPedal(of: channel, isDown: value >= 64, at: tick, cursor)
      }
    case 0xC0: try add(.program(channel: channel, data), at: tick, cursor)
    case 0xD0: break
    default: _ = try cursor.dataByte("a value")
    }
  }

  /// Adds an event where the pedal moves through its middle: recordings have a value for each millimetre.
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

  /// Reads an event about the file; true at the end of the track.
  private mutating func readMeta(
    at tick: Int,
    _ cursor: inout MIDICursor
  ) throws(MIDIFileError) -> Bool {
    let start = cursor.offset - 1
    let kind = try cursor.byte("the kind of an event")
    let content = try cursor.slice(try cursor.quantity("a length"), of: "event")
    if kind == 0x51, content.count >= 3 {
      let tempo = content.prefix(3).reduce(0) { $0 << 8 | UInt32($1) }
      guard tempo > 0 else { throw MIDIFileError(.tempo, at: start) }
      try add(.tempo(tempo), at: tick, cursor)
    }
    return kind == 0x2F
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
