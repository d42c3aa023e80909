extension MIDITracks {
  /// A track being read.
  struct Reading {
    /// The cursor over the rest of the file.
    var cursor: MIDICursor
    /// The byte offset of the end of the track's chunk, as far as it is known.
    private(set) var limit: Int
    /// The ticks from the track's start.
    var tick = 0
    /// The running status, for events without their own.
    var status: UInt8?
    /// True if the end-of-track event was read.
    var hasEnded = false

    /// - Parameters:
    ///   - cursor: the cursor over the rest of the file.
    ///   - limit: the declared end of the chunk.
    init(cursor: MIDICursor, limit: Int) {
      self.cursor = cursor
      self.limit = limit
    }

    /// Returns true if there are no further events.
    mutating func isAtEnd(_ remarks: inout MIDIRemarks) -> Bool {
      if hasEnded || cursor.available == 0 { return true }
      return cursor.offset >= limit && !isLonger(&remarks)
    }

    /// Reads the next byte.
    ///
    /// - Throws: `MIDIFileError` at the end of the file and at the beginning of another chunk.
    mutating func byte(_ expected: String) throws(MIDIFileError) -> UInt8 {
      if cursor.offset == limit, cursor.isAtChunk {
        throw MIDIFileError(.cutOff(expected: expected), at: limit)
      }
      return try cursor.byte(expected)
    }

    /// Reads the content of an event that declares its length.
    ///
    /// - Throws: `MIDIFileError` if it exceeds the track.
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

    /// Returns true if the track continues after its declared end, and then moves its end. It does if no other chunk begins
    /// there and the end-of-track event, the true end, follows before the next track.
    private mutating func isLonger(_ remarks: inout MIDIRemarks) -> Bool {
      var there = cursor
      there.move(to: limit)
      guard there.available > 0, !there.isAtChunk, let end = there.endOfTrack, end > cursor.offset
      else { return false }
      remarks.note(.trackLength, at: end)
      limit = end
      return true
    }

    /// Returns the byte offset of the track's end.
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
        // An event that swallowed the beginning of the next chunk.
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
