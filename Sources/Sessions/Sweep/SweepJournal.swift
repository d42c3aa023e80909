import CommandLanguage
import Foundation
import Processes

/// The finished runs of a sweep in a file, one JSON object on each line.
struct SweepJournal {
  /// The file as the user wrote it.
  let path: String

  private let resumes: Bool
  private var key = ""
  private var text: [UInt8] = []
  private var isWritten = true
  /// The end of the last writing, and its duration.
  private var lastWriting: (end: ContinuousClock.Instant, length: Duration)?

  /// The maximum share of the time that is spent on writing.
  private static let writingShare = 0.05

  init(path: String, resumes: Bool) {
    self.path = path
    self.resumes = resumes
  }

  /// A run: the key of its sweep, its number, and its outcome.
  private struct Line: Codable {
    let sweep: String
    let run: Int
    let names: [String]
    let values: [Cell]
    let error: String?
  }

  /// A number, text or boolean; numbers that JSON cannot represent are written by name.
  private enum Cell: Codable {
    case number(Double)
    case text(String)
    case boolean(Bool)

    private static let special = ["nan": Double.nan, "inf": .infinity, "-inf": -.infinity]
    private enum Key: String, CodingKey { case number }

    init?(_ value: Value) {
      switch value {
      case .number(let number): self = .number(number)
      case .text(let text): self = .text(text)
      case .boolean(let flag): self = .boolean(flag)
      default: return nil
      }
    }

    init(from decoder: any Decoder) throws {
      if let named = try? decoder.container(keyedBy: Key.self) {
        self = .number(Self.special[try named.decode(String.self, forKey: .number)] ?? .nan)
        return
      }
      let single = try decoder.singleValueContainer()
      if let flag = try? single.decode(Bool.self) {
        self = .boolean(flag)
      } else if let number = try? single.decode(Double.self) {
        self = .number(number)
      } else {
        self = .text(try single.decode(String.self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      if case .number(let number) = self, !number.isFinite {
        var named = encoder.container(keyedBy: Key.self)
        try named.encode(NumberFormat.exact(number), forKey: .number)
        return
      }
      var single = encoder.singleValueContainer()
      switch self {
      case .number(let number): try single.encode(number)
      case .text(let text): try single.encode(text)
      case .boolean(let flag): try single.encode(flag)
      }
    }

    var value: Value {
      switch self {
      case .number(let number): .number(number)
      case .text(let text): .text(text)
      case .boolean(let flag): .boolean(flag)
      }
    }
  }

  /// Begins the file, or returns the runs of this sweep in it that had no error.
  ///
  /// - Parameters:
  ///   - key: the key that identifies the sweep.
  ///   - count: the number of its runs.
  mutating func open(key: String, count: Int, in session: Session) throws -> [Int: Sweep.Outcome] {
    self.key = key
    guard resumes else { return [:] }
    let processes = ProcessGroup.current
    // Only the first process reads the file.
    let isHere = processes.isFirst && session.hasFile(path)
    let own = isHere ? Array(try session.bytes(of: path)) : []
    let bytes = try processes.gather(.statement, own) { try session.checkInterruption() }[0]
    let decoder = JSONDecoder()
    let lines = bytes.split(separator: UInt8(ascii: "\n")).compactMap { text in
      try? decoder.decode(Line.self, from: Data(text))
    }
    let others = lines.count { $0.sweep != key }
    if others > 0, others == lines.count {
      session.emit(
        "the runs in \(path) are of another sweep, or of this one before it changed",
        .volatile
      )
    }
    var done: [Int: Sweep.Outcome] = [:]
    for line in lines
    where line.sweep == key && line.error == nil && (0..<count).contains(line.run) {
      text += try Self.text(of: line)
      var row = Record()
      for (name, cell) in zip(line.names, line.values) { row[name] = cell.value }
      done[line.run] = Sweep.Outcome(row: row)
    }
    return done
  }

  /// Adds a run to the file, which is written at once or, if runs are short, together with others.
  mutating func add(_ outcome: Sweep.Outcome, of run: Int, in session: Session) throws {
    let cells = outcome.row.fields.compactMap { field in
      Cell(field.value).map { (name: field.name, cell: $0) }
    }
    let line = Line(
      sweep: key,
      run: run,
      names: cells.map(\.name),
      values: cells.map(\.cell),
      error: outcome.failure
    )
    text += try Self.text(of: line)
    isWritten = false
    if let (end, length) = lastWriting, end.duration(to: .now) * Self.writingShare < length {
      return
    }
    try flush(in: session)
  }

  /// Writes the runs that are not in the file yet.
  mutating func flush(in session: Session) throws {
    guard !isWritten, ProcessGroup.current.isFirst else { return }
    let start = ContinuousClock.now
    try session.write(text, to: path, isInterruptible: false)
    let end = ContinuousClock.now
    lastWriting = (end, start.duration(to: end))
    isWritten = true
  }

  private static func text(of line: Line) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(line) + [UInt8(ascii: "\n")]
  }
}
