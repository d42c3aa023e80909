/// A change of a program's sustain pedal.
struct PedalChange {
  let tick: Int
  let program: Int?
  let isDown: Bool
}

/// The allocation of notes to channels. A channel never has two notes of one pitch at once, because the end of one
/// could be taken for that of the other.
///
/// Notes come in order of onset. When all channels except that of percussion are in use, a channel that is silent, or at least
/// does not sound the pitch, changes to the note's program. Notes share a channel only if more of one pitch sound at once than
/// there are channels. A program's pedal applies in all its channels.
struct MIDIChannels {
  /// A status byte and its two values.
  typealias Message = (status: UInt8, first: UInt8, second: UInt8)

  private struct Channel {
    var isUsed = false
    var program: Int?
    /// True if the channel's pedal is down.
    var isDown = false
    /// The tick at which the channel falls silent.
    var silence = 0
    /// The tick at which each pitch falls silent.
    var silences = [Int](repeating: 0, count: 128)
  }

  private var channels = [Channel](repeating: Channel(), count: 16)
  /// The programs whose pedals are down.
  private var down: Set<Int?> = []

  /// Returns the channel for a note from one tick to another, and the messages that prepare the channel.
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

  /// Returns the messages that move the pedal in the channels of a program; a program without a channel receives one when its
  /// pedal goes down.
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

  /// Sets a channel's program and pedal, and returns the messages for it.
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
