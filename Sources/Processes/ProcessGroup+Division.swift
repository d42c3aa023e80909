import Foundation

extension ProcessGroup {
  /// Returns this process's part of consecutive things that are divided evenly.
  package func part(of things: Int) -> Range<Int> { part(of: things, for: rank) }

  /// Returns a process's part of consecutive things that are divided evenly.
  package func part(of things: Int, for process: Int) -> Range<Int> {
    things * process / count..<things * (process + 1) / count
  }

  /// Computes independent results, each in one of the processes; every process receives all of them.
  ///
  /// - Throws: the first error of a result that this process computed; `ProcessError` for one of another process.
  package func map<Result: Codable>(
    _ occasion: Occasion,
    count results: Int,
    poll: () throws -> Void,
    _ compute: (Int) throws -> Result
  ) throws -> [Result] {
    guard isShared else { return try (0..<results).map(compute) }
    let own = Swift.Result { try stride(from: rank, to: results, by: count).map(compute) }
    let answer = Answer(results: try? own.get(), error: Self.words(of: own))
    let answers = try gather(occasion, answer, poll: poll)
    _ = try own.get()
    let lists = try answers.enumerated().map { process, answer in
      guard let results = answer.results else { throw error(of: process, answer.error) }
      return results
    }
    return (0..<results).map { lists[$0 % count][$0 / count] }
  }

  /// The results of a process, or the error that prevented them.
  private struct Answer<Result: Codable>: Codable {
    let results: [Result]?
    let error: String
  }

  private static func words<Success>(of result: Result<Success, any Error>) -> String {
    if case .failure(let error) = result { error.localizedDescription } else { "" }
  }

  /// Gives every process the reports of all, in rank order.
  ///
  /// - Throws: as `gather` of bytes.
  package func gather<Report: Codable>(
    _ occasion: Occasion,
    _ report: Report,
    poll: () throws -> Void
  ) throws -> [Report] {
    guard isShared else { return [report] }
    let encoder = PropertyListEncoder()
    // Keeps every bit of a number.
    encoder.outputFormat = .binary
    let bytes = Array(try encoder.encode([report]))
    return try gather(occasion, bytes, poll: poll).map { part in
      try PropertyListDecoder().decode([Report].self, from: Data(part))[0]
    }
  }

  /// Returns true if `own` is true in any process.
  ///
  /// - Throws: as `gather`.
  package func any(_ own: Bool, poll: () throws -> Void) throws -> Bool {
    guard isShared else { return own }
    return try gather(.agreement, [own ? 1 : 0], poll: poll).contains([1])
  }
}
