import Audio
import CommandLanguage
import Figures
import Sessions
import Tasks
import Wording

extension Session {
  /// The number of errors, and of remarks, about files that are emitted individually.
  private static let toldFaults = 8

  /// Shows the progress of reading a folder of recordings.
  ///
  /// - Parameter share: the fraction read, 0 … 1.
  /// - Throws: `Interrupted`.
  func showReading(_ share: Double, of file: String, since start: ContinuousClock.Instant) throws {
    try checkInterruption()
    emit(
      WorkProgress(
        activity: "read",
        done: Int(100 * share),
        total: 100,
        unit: "%",
        seconds: start.secondsAgo,
        detail: file
      )
    )
  }

  /// Emits a summary of a folder of recordings: files left out for errors, remarks on those used, notices about the
  /// samples, and the number of recordings for each role.
  ///
  /// - Throws: `Diagnostic` for a recording that deviates from its form, with `set strict=on`.
  func tell(
    _ faults: [DataFault],
    notices: [String],
    recordings: (MusicNetSplit.Role) -> [Recording]
  ) throws(Diagnostic) {
    for fault in faults.prefix(Self.toldFaults) {
      emit("left out: \(fault.message)", .volatile)
    }
    if faults.count > Self.toldFaults {
      emit("and \(faults.count - Self.toldFaults) more faults", .volatile)
    }
    let heard = MusicNetSplit.Role.allCases.flatMap(recordings)
    if isStrict {
      for recording in heard {
        if let deviation = recording.deviations.first {
          try remark("\(recording.name): \(deviation)")
        }
      }
    }
    let remarks = heard.flatMap { recording in
      recording.remarks.map { "\(recording.name): \($0)" }
    }
    for remark in remarks.prefix(Self.toldFaults) { emit(remark, .volatile) }
    if remarks.count > Self.toldFaults {
      emit("and \(remarks.count - Self.toldFaults) more remarks", .volatile)
    }
    notices.forEach { emit($0, .volatile) }
    let counts = zip(MusicNetSplit.Role.allCases, ["train", "validate", "test"]).map { role, verb in
      let own = recordings(role)
      let minutes = own.reduce(0) { $0 + $1.seconds } / 60
      return "\(own.count) to \(verb) (\(grouped(Int(minutes.rounded()))) min)"
    }
    emit("recordings: " + counts.joined(separator: ", "))
  }
}
