import Notebooks
import Processes

/// What a piece of work leaves that one of several processes does.
struct SpreadShare: Codable {
  var lines: [OutputLine] = []
  var filesRead: [Session.FileRead] = []
}

extension Session {
  /// Does pieces of work that do not depend on each other, each in one of the processes and by itself; all processes get
  /// their outcomes, and their output stands in the order of the pieces.
  ///
  /// - Throws: what `work` throws in this process, `ProcessError` for what it throws in another.
  package func spread<Outcome: Codable>(
    _ count: Int,
    _ work: (Int) throws -> Outcome
  ) throws -> [Outcome] {
    guard ProcessGroup.current.isShared, share == nil else { return try (0..<count).map(work) }
    let read = filesRead
    let pieces = try ProcessGroup.current.map(
      .work,
      count: count,
      poll: checkInterruption
    ) { number in
      share = SpreadShare()
      defer { share = nil }
      let outcome = try ProcessGroup.alone { try work(number) }
      share?.filesRead = filesRead.filter { file in !read.contains { $0.path == file.path } }
      return Piece(outcome: outcome, share: share ?? SpreadShare())
    }
    filesRead = read
    for piece in pieces {
      for file in piece.share.filesRead { noteReading(file.path, digest: file.digest) }
      for line in piece.share.lines { emit(line) }
    }
    return pieces.map(\.outcome)
  }

  private struct Piece<Outcome: Codable>: Codable {
    let outcome: Outcome
    let share: SpreadShare
  }
}
