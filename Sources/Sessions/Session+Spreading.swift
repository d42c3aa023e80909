import Notebooks
import Processes

/// The traces of a piece of work that one of several processes did: its output and the files that it read.
struct SpreadShare: Codable {
  var lines: [OutputLine] = []
  var filesRead: [Session.FileRead] = []
}

extension Session {
  /// Does independent pieces of work, each in one of the processes and on its own; all processes receive the outcomes,
  /// and the output is in the order of the pieces.
  ///
  /// - Throws: any error of `work` in this process; `ProcessError` for one in another.
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
