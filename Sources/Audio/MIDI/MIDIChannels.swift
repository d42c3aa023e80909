/// The sustain pedal of the notes of a program goes down or up.
struct PedalChange {
  let tick: Int
  let program: Int?
  let isDown: Bool
}

/// Gives each note a channel, so that no two notes of one pitch sound at once in a channel: an end of a note
/// could otherwise be taken for that of another.
///
/// Notes come in the order of their beginnings. Where all channels but that of percussion are in use, one
/// that is silent, or at least does not sound the pitch, goes over to the note's program. Only more notes of
/// one pitch at once than there are channels share one. The pedal of a program holds in all its channels.
struct MIDIChannels {
  /// A status and its values.
  typealias Message = (status: UInt8, first: UInt8, second: UInt8)

  private struct Channel {
    var isUsed = false
    var program: Int?
    /// Whether its pedal is down.
    var isDown = false
    /// The tick from which on it is silent.
    var silence = 0
    /// The same for each pitch.
    var silences = [Int](repeating: 0, count: 128)
  }

  private var channels = [Channel](repeating: Channel(), count: 16)
  /// The programs whose pedals are down.
  private var down: Set<Int?> = []

  /// The channel of a note from one tick to another, and what it must be told first.
  mutating func channel(
    for note: NoteEvent,
    from start: Int,
    to end: Int
  ) -> (channel: Int, messages: [Message]) {
    let choice = choose(note, start)
    let messages = turn(choice, to: note.program)
    channels[choice].silence = max(channels[choice].silence, end)
    channels[choice].silences[note.pitch] = max(channels[choice].silences[note.pitch], end)
    return (choice, messages)
  }

  /// What the channels of a program must be told of its pedal; one that has none yet gets one.
  mutating func move(_ change: PedalChange) -> [Message] {
    if change.isDown { down.insert(change.program) } else { down.remove(change.program) }
    var playing = Self.all.filter {
      channels[$0].isUsed && channels[$0].program == change.program
    }
    if playing.isEmpty, change.isDown {
      playing = Self.all.filter { !channels[$0].isUsed || channels[$0].silence <= change.tick }
      playing = [playing.first { !channels[$0].isUsed } ?? playing.first].compactMap(\.self)
    }
    return playing.flatMap { turn($0, to: change.program) }
  }

  private static let all = (0..<16).filter { $0 != NotePairing.percussion }

  /// Gives a channel a program and the state of its pedal.
  private mutating func turn(_ channel: Int, to program: Int?) -> [Message] {
    var messages: [Message] = []
    if channels[channel].program != program {
      messages.append((0xC0 | UInt8(channel), UInt8(program ?? 0), 0))
    }
    channels[channel].isUsed = true
    channels[channel].program = program
    let isDown = down.contains(program)
    if channels[channel].isDown != isDown {
      channels[channel].isDown = isDown
      messages.append((0xB0 | UInt8(channel), PedalPairing.controller, isDown ? 127 : 0))
    }
    return messages
  }

  private func choose(_ note: NoteEvent, _ start: Int) -> Int {
    let free = Self.all.filter { channels[$0].silences[note.pitch] <= start }
    return free.first { channels[$0].isUsed && channels[$0].program == note.program }
      ?? free.first { !channels[$0].isUsed }
      ?? free.first { channels[$0].silence <= start }
      ?? free.first
      ?? Self.all.first { channels[$0].program == note.program }
      ?? 0
  }
}
