extension MIDITracks {
  /// A track while it is read.
  struct Reading {
    /// Over the rest of the file.
    var cursor: MIDICursor
    /// Where its chunk ends, as far as is known.
    private(set) var limit: Int
    /// The ticks from its start.
    var tick = 0
    /// The status that holds where events have none of their own.
    var status: UInt8?
    /// Whether nothing is read any more: the event was there that marks the end.
    var hasEnded = false

    /// - Parameters:
    ///   - cursor: over the rest of the file.
    ///   - limit: where the chunk says that it ends.
    init(cursor: MIDICursor, limit: Int) {
      self.cursor = cursor
      self.limit = limit
    }

    /// Whether there are no further events.
    mutating func isAtEnd(_ remarks: inout MIDIRemarks) -> Bool {
      if hasEnded || cursor.available == 0 { return true }
      return cursor.offset >= limit && !isLonger(&remarks)
    }

    /// The next byte.
    ///
    /// - Throws: `MIDIFileError` at the end of the file, and where another chunk begins.
    mutating func byte(_ expected: String) throws(MIDIFileError) -> UInt8 {
      if cursor.offset == limit, cursor.isAtChunk {
        throw MIDIFileError(.cutOff(expected: expected), at: limit)
      }
      return try cursor.byte(expected)
    }

    /// The content of an event that says how long it is.
    ///
    /// - Throws: `MIDIFileError` if it reaches beyond the track.
    mutating func slice(
      of what: String,
      _ remarks: inout MIDIRemarks
    ) throws(MIDIFileError) -> ArraySlice<UInt8> {
      let length = try cursor.quantity("a length")
      let available = limit - cursor.offset
      guard length <= available || isLonger(&remarks) else {
        throw MIDIFileError(
          .lyingLength(chunk: what, length: length, available: available),
          at: cursor.offset
        )
      }
      return try cursor.slice(length, of: what)
    }

    /// Whether the track goes on behind the end that its chunk says: no other chunk begins there, and the mark of an end
    /// follows before the next track. Then that is its end.
    private mutating func isLonger(_ remarks: inout MIDIRemarks) -> Bool {
      var there = cursor
      there.move(to: limit)
      guard there.available > 0, !there.isAtChunk, let end = there.endOfTrack, end > cursor.offset
      else { return false }
      remarks.note(.trackLength, at: end)
      limit = end
      return true
    }

    /// Where the track ends.
    func end(_ remarks: inout MIDIRemarks) -> Int {
      let fileEnd = cursor.offset + cursor.available
      guard limit <= fileEnd else {
        let next = cursor.nextTrack()
        remarks.note(hasEnded ? .trackLength : .cutOff, at: next ?? fileEnd)
        return next ?? fileEnd
      }
      guard cursor.offset < limit else {
        var there = cursor
        there.move(to: limit)
        // An event that took the beginning of the next chunk for its own.
        guard cursor.offset > limit, there.isAtChunk else { return cursor.offset }
        remarks.note(.event, at: limit)
        return limit
      }
      if let next = cursor.nextTrack(before: limit) {
        remarks.note(.trackLength, at: next)
        return next
      }
      let rest = cursor.rest[..<limit]
      if rest.contains(where: { $0 != 0 }) {
        remarks.note(.stray, at: cursor.offset, count: rest.count)
      }
      return limit
    }
  }
}
