import CommandLanguage
import Foundation
import Sessions
import Workbench

/// The progress of a long command, on one line that fits the terminal.
struct ProgressBar {
  /// True if block characters can be shown.
  let hasBlocks: Bool

  private static let barWidth = 8
  private static let curveWidth = 8

  /// Returns units per second, or seconds per unit if that is long.
  private static func speed(of progress: WorkProgress) -> String {
    if progress.speed > 0, progress.speed < 0.1 {
      let one = progress.unit.hasSuffix("s") ? String(progress.unit.dropLast()) : progress.unit
      return String(format: "%.0f s/%@", 1 / progress.speed, one)
    }
    let format = progress.speed < 100 ? "%.1f %@/s" : "%.0f %@/s"
    return String(format: format, progress.speed, progress.unit)
  }

  /// Returns activity, bar, count, detail, loss curve, speed and remaining time, as far as the width
  /// allows; less important parts are left out first.
  func line(_ progress: WorkProgress, width: Int) -> String {
    // The total may be unknown.
    let isMeasured = progress.total > 0
    let percent =
      isMeasured
      ? String(format: "%.0f %%", (progress.share * 100).rounded(.down))
      : "\(progress.done) \(progress.unit)"
    let speed = Self.speed(of: progress)
    let rest = progress.remaining.map { "\(Self.clock($0)) left" } ?? ""
    /// The parts in their order on the line, with their ranks: rank 0 is shown first.
    let parts: [(rank: Int, text: String)] = [
      (0, progress.activity), (3, isMeasured ? bar(progress.share) : ""), (0, percent),
      (5, isMeasured ? "\(progress.done)/\(progress.total)" : ""), (2, progress.detail),
      (4, curve(progress.curve)),
      (6, speed), (1, rest),
    ]
    var shown: Set<Int> = []
    func text(_ ranks: Set<Int>) -> String {
      parts.filter { ranks.contains($0.rank) && !$0.text.isEmpty }.map(\.text)
        .joined(separator: "  ")
    }
    for rank in 0...6 {
      let longer = text(shown.union([rank]))
      let fits = DisplayWidth.columns(of: longer) <= width
      // Without the most important part nothing else of the line is shown.
      if !fits, rank == 0 { break }
      if fits { shown.insert(rank) }
    }
    let line = text(shown)
    return line.isEmpty ? String(percent.prefix(max(0, width))) : line
  }

  private func bar(_ share: Double) -> String {
    let width = Self.barWidth
    guard hasBlocks else {
      let filled = Int((share * Double(width)).rounded(.down))
      return "[" + String(repeating: "#", count: filled)
        + String(repeating: ".", count: width - filled) + "]"
    }
    let eighths = Int((share * Double(width * 8)).rounded(.down))
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let filled = String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    return "▕" + filled + String(repeating: " ", count: width - filled.count) + "▏"
  }

  /// Returns the curve as a row of bars, each the mean of its stretch, scaled from the lowest to the highest.
  private func curve(_ values: [Double]) -> String {
    guard hasBlocks, values.count >= 2 else { return "" }
    let bars = Array("▁▂▃▄▅▆▇█")
    let columns = min(Self.curveWidth, values.count)
    let means = (0..<columns).map { column in
      let first = column * values.count / columns
      let stretch = values[first..<((column + 1) * values.count / columns)]
      return stretch.reduce(0, +) / Double(stretch.count)
    }
    guard let low = means.min(), let high = means.max(), high > low, (high - low).isFinite else {
      return ""
    }
    return String(
      means.map { bars[min(bars.count - 1, Int(($0 - low) / (high - low) * Double(bars.count)))] }
    )
  }

  /// Formats seconds: 75 → `1:15`, 4000 → `1:06:40`.
  private static func clock(_ seconds: Double) -> String {
    let whole = Int(min(seconds.rounded(.up), 359_999))
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    return hours > 0
      ? String(format: "%d:%02d:%02d", hours, minutes, rest)
      : String(format: "%d:%02d", minutes, rest)
  }
}
