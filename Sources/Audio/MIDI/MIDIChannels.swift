/// Gives each note a channel, so that no two notes of one pitch sound at once in a channel: an end of a note
/// could otherwise be taken for that of another.
///
/// Notes come in the order of their beginnings. Where all channels but that of percussion are in use, one
/// that is silent, or at least does not sound the pitch, goes over to the note's program. Only more notes of
/// one pitch at once than there are channels share one.
struct MIDIChannels {
  private struct Channel {
    var isUsed = false
    var program: Int?
    /// The tick from which on it is silent.
    var silence = 0
    /// The same for each pitch.
    var silences = [Int](repeating: 0, count: 128)
  }

  private var channels = [Channel](repeating: Channel(), count: 16)

  /// The channel of a note from one tick to another, and the program that the channel must be given first.
  mutating func channel(
    for note: NoteEvent,
    from start: Int,
    to end: Int
  ) -> (channel: Int, program: Int?) {
    let choice = choose(note, start)
    let isNew = channels[choice].program != note.program
    channels[choice].isUsed = true
    channels[choice].program = note.program
    channels[choice].silence = max(channels[choice].silence, end)
    channels[choice].silences[note.pitch] = max(channels[choice].silences[note.pitch], end)
    return (choice, isNew ? note.program ?? 0 : nil)
  }

  private func choose(_ note: NoteEvent, _ start: Int) -> Int {
    let all = channels.indices.filter { $0 != NotePairing.percussion }
    let free = all.filter { channels[$0].silences[note.pitch] <= start }
    return free.first { channels[$0].isUsed && channels[$0].program == note.program }
      ?? free.first { !channels[$0].isUsed }
      ?? free.first { channels[$0].silence <= start }
      ?? free.first
      ?? all.first { channels[$0].program == note.program }
      ?? 0
  }
}
