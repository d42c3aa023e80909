import CommandLanguage
import Foundation
import Wording

extension MemoryComparison {
  /// Shows the lengths that fit; replays do not compare measurements, nor anything that depends on this machine.
  package func report(in session: Session) {
    let room = ByteCount.text(limit) + (isGiven ? "" : ", what this machine lets a training take")
    session.emit("longest sequences in \(room)", .volatile)
    session.emit(
      "a training step on one sequence; memory of tensors, and 30 MB for the program",
      .volatile
    )
    let training = [["model", "length", "per position", "known by", "estimate/measured"]]
    let trained = rows.map { row in
      cells(row, longestTraining(row))
        + [check(row).map { String(format: "%.2f at %@", $0.ratio, grouped($0.length)) } ?? ""]
    }
    session.emit(TextTable(rows: training + trained, numbers: [1, 2]), .volatile)
    // Results of the formulas alone are the same on every machine.
    let stability: OutputStability = isGiven ? .stable : .volatile
    session.emit(
      "`test`, as \(isGiven ? "the models themselves estimate" : "estimated"):",
      stability
    )
    let tested =
      [["model", "length", "per position", "known by"]] + rows.map { cells($0, longestTest($0)) }
    session.emit(
      TextTable(rows: tested, numbers: [1, 2]),
      stability,
      width: isGiven ? 80 : session.width
    )
  }

  /// The results by model.
  package var record: Record {
    func lengths(_ longest: (Row) -> Longest?) -> Value {
      .labelled(
        Labelled(
          rows.map { row in
            (.text(row.name), longest(row).map { .number(Double($0.length)) } ?? .nothing)
          }
        )
      )
    }
    return [
      "limit": .number(limit), "train": lengths(longestTraining), "test": lengths(longestTest),
      "table": .table(
        Table(
          rows: rows.map { row in
            func length(_ longest: Longest?) -> Value {
              longest.map { .number(Double($0.length)) } ?? .nothing
            }
            return [
              "model": .text(row.name), "train": length(longestTraining(row)),
              "test": length(longestTest(row)),
            ]
          }
        )
      ),
    ]
  }

  private func cells(_ row: Row, _ longest: Longest?) -> [String] {
    guard let longest else { return [row.name, "none", "", ""] }
    return [
      row.name, grouped(longest.length), ByteCount.text(longest.bytesPerPosition),
      longest.isMeasured ? "measured" : "estimate",
    ]
  }
}

extension MemoryComparison {
  /// Returns the option for the memory limit.
  ///
  /// - Parameter owner: the option's owner, which begins its summary.
  package static func limitOption(_ owner: String = "") -> CommandArgument<String?> {
    CommandArgument(
      "limit",
      .text,
      "\(owner)how much memory there is, such as 8GB",
      otherwise: "what this machine lets a training take"
    )
  }
}
