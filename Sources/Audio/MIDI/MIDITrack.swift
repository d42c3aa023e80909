/// What a track of a MIDI file says that matters for notes.
struct MIDITrack {
  /// Something at a time.
  struct Event {
    enum Kind {
      /// Velocity 0 is a note off.
      case note(channel: Int, pitch: Int, velocity: Int)
      case program(channel: Int, Int)
      /// Microseconds per quarter note.
      case tempo(Int)
    }

    /// Ticks from the start of the track.
    let tick: Int
    let kind: Kind
  }

  private(set) var events: [Event] = []
  /// The end of the track, in ticks.
  private(set) var end = 0

  /// Reads the content of a track chunk; it may lack the event that marks its end.
  init(_ content: ArraySlice<UInt8>) throws(MIDIFileError) {
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
        try readMessage(status, data: Int(first), &cursor)
      case 0x80..<0xF0:
        status = first
        try readMessage(first, data: try cursor.dataByte("a value"), &cursor)
      case 0xF0, 0xF7:
        _ = try cursor.slice(try cursor.quantity("a length"), of: "system message")
      case 0xFF:
        let isEnd = try readMeta(&cursor)
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
    data: Int,
    _ cursor: inout MIDICursor
  ) throws(MIDIFileError) {
    let channel = Int(status & 0x0F)
    switch status & 0xF0 {
    case 0x80:
      _ = try cursor.dataByte("a velocity")
      add(.note(channel: channel, pitch: data, velocity: 0))
    case 0x90:
      let velocity = try cursor.dataByte("a velocity")
      add(.note(channel: channel, pitch: data, velocity: velocity))
    case 0xC0: add(.program(channel: channel, data))
    case 0xD0: break
    default: _ = try cursor.dataByte("a value")
    }
  }

  /// Reads an event about the file; true at the end of the track.
  private mutating func readMeta(_ cursor: inout MIDICursor) throws(MIDIFileError) -> Bool {
    let start = cursor.offset - 1
    let kind = try cursor.byte("the kind of an event")
    let content = try cursor.slice(try cursor.quantity("a length"), of: "event")
    if kind == 0x51, content.count >= 3 {
      let tempo = content.prefix(3).reduce(0) { $0 << 8 | Int($1) }
      guard tempo > 0 else { throw MIDIFileError(.tempo, at: start) }
      add(.tempo(tempo))
    }
    return kind == 0x2F
  }

  private mutating func add(_ kind: Event.Kind) { events.append(Event(tick: end, kind: kind)) }
}
