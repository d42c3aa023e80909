/// The content of a track chunk, from events in the order of time.
struct MIDITrackBytes {
  /// A message at a tick.
  struct Event {
    let tick: Int
    let message: [UInt8]
  }

  private(set) var bytes: [UInt8] = []

  /// The longest time from one event to the next, in ticks.
  private static let longestWait = 0x0FFF_FFFF

  init(_ events: [Event]) {
    var tick = 0
    for event in events {
      append(event.message, after: event.tick - tick)
      tick = event.tick
    }
    append([0xFF, 0x2F, 0], after: 0)
  }

  private mutating func append(_ message: [UInt8], after wait: Int) {
    var wait = wait
    while wait > Self.longestWait {
      // An empty text fills the time that one event cannot.
      appendQuantity(Self.longestWait)
      bytes += [0xFF, 0x01, 0]
      wait -= Self.longestWait
    }
    appendQuantity(wait)
    bytes += message
  }

  /// A number in bytes of seven bits, all but the last with the highest bit set.
  private mutating func appendQuantity(_ number: Int) {
    for shift in [21, 14, 7] where number >> shift > 0 {
      bytes.append(UInt8(0x80 | (number >> shift & 0x7F)))
    }
    bytes.append(UInt8(number & 0x7F))
  }
}
