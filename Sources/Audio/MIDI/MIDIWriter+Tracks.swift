extension MIDIWriter {
  /// A message about a note, a program or a pedal.
  private struct Event {
    let tick: Int
    let track: UInt8
    let message: (status: UInt8, first: UInt8, second: UInt8)

    /// The position in time; where one note ends and another begins, the end comes first.
    var order: (Int, Int) { (tick, message.status & 0xF0 == 0x80 ? 0 : 1) }

    var bytes: [UInt8] {
      let (status, first, second) = message
      return status & 0xF0 == 0xC0 ? [status, first] : [status, first, second]
    }
  }

  /// Returns the notes and pedals in order of time: in one track with other messages, or in a track per program.
  func tracks(
    _ notes: [NoteEvent],
    _ pedals: [PedalSpan],
    with others: [(tick: Int, bytes: [UInt8])]
  ) -> [MIDITrackBytes] {
    let programs = Set(notes.map(\.program) + pedals.map(\.program))
      .sorted { ($0 ?? -1) < ($1 ?? -1) }
    let isSingle = format == .singleTrack
    let tracks = Dictionary(
      uniqueKeysWithValues: programs.enumerated().map { ($1, isSingle ? 0 : UInt8($0)) }
    )
    var places = notes.enumerated().map { index, note in
      Place(note, ticks(note), track: tracks[note.program] ?? 0, index: index)
    }
    // The sort of the standard library is stable.
    places.sort { $0.order < $1.order }
    var channels = MIDIChannels()
    var changes = pedalChanges(pedals)[...]
    var events: [Event] = []
    /// Moves pedals up to a tick.
    func move(upTo tick: Int) {
      while let change = changes.first, change.tick <= tick {
        changes.removeFirst()
        let track = tracks[change.program] ?? 0
        for message in channels.move(change) {
          events.append(Event(tick: change.tick, track: track, message: message))
        }
      }
    }
    for place in places {
      let (note, start, end) = (notes[Int(place.index)], place.start, place.end)
      move(upTo: start)
      let (channel, messages) = channels.channel(for: note, from: start, to: end)
      let (number, pitch, velocity) = (UInt8(channel), UInt8(note.pitch), UInt8(note.velocity))
      for message in messages + [(0x90 | number, pitch, velocity)] {
        events.append(Event(tick: start, track: place.track, message: message))
      }
      events.append(Event(tick: end, track: place.track, message: (0x80 | number, pitch, 64)))
    }
    move(upTo: .max)
    events.sort { $0.order < $1.order }
    if isSingle { return [Self.merged(events, with: others)] }
    var contents = programs.map { program in
      var content = MIDITrackBytes()
      let name = program.map(GeneralMIDI.name) ?? "piano"
      let title = name.prefix(1).uppercased() + name.dropFirst()
      content.add(MIDITrackBytes.text(title, kind: 0x03), at: 0)
      return content
    }
    for event in events { contents[Int(event.track)].add(event.bytes, at: event.tick) }
    return contents
  }

  private static func merged(
    _ events: [Event],
    with others: [(tick: Int, bytes: [UInt8])]
  ) -> MIDITrackBytes {
    var content = MIDITrackBytes()
    var others = others[...]
    for event in events {
      while let other = others.first, other.tick <= event.tick {
        content.add(other.bytes, at: other.tick)
        others.removeFirst()
      }
      content.add(event.bytes, at: event.tick)
    }
    for other in others { content.add(other.bytes, at: other.tick) }
    return content
  }

  /// Returns the movements of pedals; time that several spans cover counts once.
  private func pedalChanges(_ pedals: [PedalSpan]) -> [PedalChange] {
    var changes = pedals.flatMap { span in
      let start = clock.tick(of: span.start)
      let end = max(start + 1, clock.tick(of: span.end))
      return [
        PedalChange(tick: start, program: span.program, isDown: true),
        PedalChange(tick: end, program: span.program, isDown: false),
      ]
    }
    // Where one ends and another begins, the end comes first.
    changes.sort { ($0.tick, $0.isDown ? 1 : 0) < ($1.tick, $1.isDown ? 1 : 0) }
    var depths: [Int?: Int] = [:]
    return changes.filter { change in
      let depth = depths[change.program, default: 0] + (change.isDown ? 1 : -1)
      depths[change.program] = depth
      return depth == (change.isDown ? 1 : 0)
    }
  }

  private func ticks(_ note: NoteEvent) -> (start: Int, end: Int) {
    precondition(
      NoteEvent.times.contains(note.onset) && NoteEvent.times.contains(note.offset)
        && note.onset <= note.offset
        && Pitch.range.contains(note.pitch) && 1...127 ~= note.velocity
        && 0...127 ~= note.program ?? 0,
      "a note that a file can hold"
    )
    let start = clock.tick(of: note.onset)
    return (start, max(start + 1, clock.tick(of: note.offset)))
  }

  /// A note in ticks; notes that begin at the same tick are ordered by track, as a reader meets them, then by pitch.
  private struct Place {
    let start: Int
    let end: Int
    let index: Int32
    let track: UInt8
    private let pitch: UInt8

    init(_ note: NoteEvent, _ ticks: (start: Int, end: Int), track: UInt8, index: Int) {
      (start, end) = ticks
      self.index = Int32(index)
      self.track = track
      pitch = UInt8(note.pitch)
    }

    var order: (Int, UInt8, UInt8) { (start, track, pitch) }
  }
}
