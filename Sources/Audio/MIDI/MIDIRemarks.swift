import Wording

/// The deviations from the standard in a MIDI file that is read nevertheless, one remark per kind.
package struct MIDIRemarks: Sendable {
  /// The kinds of deviations, in the order of their remarks.
  enum Kind: Int, CaseIterable {
    /// Bytes before the header that are not a named wrapper.
    case prefix
    case format2
    case unknownFormat
    /// A header that counts other tracks than there are.
    case trackCount
    /// A track that ends after or before its declared end.
    case trackLength
    /// A file that ends inside a track.
    case cutOff
    /// A value above 127 where the standard allows none.
    case value
    /// A note whose pitch is above 127.
    case pitch
    /// Clocks and other messages that a file should not contain.
    case system
    /// Bytes that belong to no event or chunk.
    case stray
    /// A tempo of 0 microseconds per quarter note.
    case tempo
    /// An event that exceeds its track.
    case event
    /// Times beyond those that a note may have.
    case time
  }

  /// True if notes may be missing.
  package var areOfLoss: Bool {
    [Kind.cutOff, .event, .time, .pitch].contains { found[$0] != nil }
  }

  private var found: [Kind: (count: Int, first: Int)] = [:]
  private var tracks = (said: 0, found: 0)

  /// Notes a deviation.
  ///
  /// - Parameters:
  ///   - offset: the byte offset in the file.
  ///   - count: the number of occurrences, such as bytes.
  mutating func note(_ kind: Kind, at offset: Int, count: Int = 1) {
    found[kind, default: (0, offset)].count += count
  }

  /// Notes a number of tracks that differs from that in the header.
  mutating func noteTracks(said: Int, found number: Int) {
    tracks = (said, number)
    note(.trackCount, at: 10)
  }

  /// The remarks, one per kind, on what was done.
  package var texts: [String] {
    Kind.allCases.compactMap { kind in
      found[kind].map { text(kind, count: $0.count, first: $0.first) }
    }
  }

  private func text(_ kind: Kind, count: Int, first: Int) -> String {
    func times(_ one: String, _ many: String) -> String {
      count == 1
        ? "\(one) at byte \(first) is" : "\(count) \(many), the first at byte \(first), are"
    }
    return switch kind {
    case .prefix: "\(counted(count, "byte")) before the MIDI header skipped"
    case .format2: "format 2, whose tracks are pieces of their own: all of them begin at 0"
    case .unknownFormat: "an unknown format, read like format 1"
    case .trackCount:
      "the header says \(counted(tracks.said, "track")), "
        + "\(counted(tracks.found, "was", "were")) found and read"
    case .trackLength:
      count == 1
        ? "the track before byte \(first) has another length than it says"
        : "\(count) tracks have other lengths than they say, the first before byte \(first)"
    case .cutOff: "the file is cut off at byte \(first); what is before that was read"
    case .value: times("a value above 127", "values above 127") + " taken as 127"
    case .pitch: times("a note above 127", "notes above 127") + " left out"
    case .system: times("a system message", "system messages") + " skipped"
    case .stray:
      times("a byte that belongs to no event", "bytes that belong to no event") + " skipped"
    case .tempo: times("a tempo of 0", "tempi of 0") + " skipped"
    case .event:
      count == 1
        ? "an event at byte \(first) reaches beyond its track, which ends there"
        : "\(count) events reach beyond their tracks, which end there, the first at byte \(first)"
    case .time: "the times from byte \(first) on are too long: the rest of the track is left out"
    }
  }
}
