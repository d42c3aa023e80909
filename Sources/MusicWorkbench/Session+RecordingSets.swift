import Audio
import CommandLanguage
import Figures
import Sessions
import Tasks

extension Session {
  /// Faults of files that are told one by one.
  private static let toldFaults = 8

  /// Shows how far the reading of a folder of recordings has come.
  ///
  /// - Parameter share: what is ready, 0 … 1.
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

  /// Tells what a folder of recordings held: files with faults, what to know of the samples, and how many recordings
  /// there are for what.
  func tell(
    _ faults: [DataFault],
    notices: [String],
    recordings: (MusicNetSplit.Role) -> [Recording]
  ) {
    for fault in faults.prefix(Self.toldFaults) {
      emit("left out: \(fault.message)", .volatile)
    }
    if faults.count > Self.toldFaults {
      emit("and \(faults.count - Self.toldFaults) more faults", .volatile)
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
