/// The pairing of the presses and releases of sustain pedals, from events in order of time.
struct PedalPairing {
  /// The press of a pedal that is down: its start, and the program and track of its channel.
  private struct Press {
    let start: Double
    let program: Int?
    let track: Int
  }

  /// The number of the controller.
  static let controller: UInt8 = 64

  private var down = [Press?](repeating: nil, count: 16)
  private var spans: [PedalSpan] = []

  /// Takes an event of a channel that plays a program; a pedal that is already down stays down.
  mutating func pedal(channel: Int, isDown: Bool, program: Int?, track: Int, time: Double) {
    guard channel != NotePairing.percussion else { return }
    if isDown {
      down[channel] = down[channel] ?? Press(start: time, program: program, track: track)
    } else if let press = down[channel] {
      down[channel] = nil
      spans.append(PedalSpan(start: press.start, end: time, program: press.program))
    }
  }

  /// Returns the spans by start, then by program, without overlap per program; pedals that are still down are held to the ends
  /// of their tracks.
  mutating func endAll(
    at end: (_ track: Int) throws(MIDIFileError) -> Double
  ) throws(MIDIFileError) -> [PedalSpan] {
    for channel in down.indices {
      guard let press = down[channel] else { continue }
      let time = max(press.start, try end(press.track))
      pedal(channel: channel, isDown: false, program: nil, track: press.track, time: time)
    }
    return Self.joined(spans)
  }

  /// Joins overlapping spans of one program, whose notes may use several channels.
  private static func joined(_ spans: [PedalSpan]) -> [PedalSpan] {
    var joined: [PedalSpan] = []
    var last: [Int?: Int] = [:]
    for span in spans.sorted(by: { ($0.start, $0.program ?? -1) < ($1.start, $1.program ?? -1) }) {
      if let index = last[span.program], span.start <= joined[index].end {
        joined[index].end = max(joined[index].end, span.end)
      } else {
        last[span.program] = joined.count
        joined.append(span)
      }
    }
    return joined
  }
}
