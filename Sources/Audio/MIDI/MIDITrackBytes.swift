/// The content of a track chunk, built from events in order of time.
struct MIDITrackBytes {
  /// The bytes added so far.
  private var content: [UInt8] = []
  /// The tick of the last event.
  private var tick = 0

  /// The longest time from one event to the next, in ticks.
  private static let longestWait = 0x0FFF_FFFF

  /// The content with the end-of-track event.
  var bytes: [UInt8] { content + [0, 0xFF, 0x2F, 0] }

  /// Adds a message at a tick not before that of the last one.
  mutating func add(_ message: some Sequence<UInt8>, at next: Int) {
    var wait = next - tick
    tick = next
    while wait > Self.longestWait {
      // An empty text fills the time that exceeds one event.
      appendQuantity(Self.longestWait)
      content += [0xFF, 0x01, 0]
      wait -= Self.longestWait
    }
    appendQuantity(wait)
    content += message
  }

  /// Returns an event with a text of at most 127 bytes.
  static func text(_ text: String, kind: UInt8) -> [UInt8] {
    [0xFF, kind, UInt8(text.utf8.count)] + Array(text.utf8)
  }

  /// Appends a variable-length quantity: bytes of seven bits, all but the last with the highest bit set.
  private mutating func appendQuantity(_ number: Int) {
    for shift in [21, 14, 7] where number >> shift > 0 {
      content.append(UInt8(0x80 | (number >> shift & 0x7F)))
    }
    content.append(UInt8(number & 0x7F))
  }
}
