import CommandLanguage
import Foundation
import Workbench

/// Puts what a session shows on the standard streams: results on output, progress and errors on error.
final class Printer {
  /// How progress is shown.
  enum ProgressStyle: String, CaseIterable {
    /// A bar on a terminal, else lines.
    case auto
    case bar
    case plain
    case none
  }

  private enum Drawing {
    case bar
    case lines
    case nothing
  }

  private let drawing: Drawing
  private var barIsShown = false
  private var lastDrawn: ContinuousClock.Instant?

  /// Between two drawings of the bar, and between two lines of progress.
  private static let barInterval = Duration.milliseconds(100)
  private static let lineInterval = Duration.seconds(10)

  init(progress: ProgressStyle) {
    drawing =
      switch progress {
      case .auto: Terminal.errorCanRedraw ? .bar : .lines
      case .bar: .bar
      case .plain: .lines
      case .none: .nothing
      }
  }

  func show(_ event: SessionEvent) {
    switch event {
    case .output(let line): Terminal.write(line.text + "\n", to: .standardOutput)
    case .progress(let progress): show(progress)
    case .progressEnded: endProgress()
    }
  }

  func show(_ diagnostic: Diagnostic) {
    message(diagnostic.rendered(color: Terminal.errorHasColor))
  }

  /// A line about the program's own doings, on standard error.
  func message(_ line: String) {
    endProgress()
    Terminal.write(line + "\n", to: .standardError)
  }

  private func show(_ progress: WorkProgress) {
    let now = ContinuousClock.now
    let interval = drawing == .bar ? Self.barInterval : Self.lineInterval
    // The first drawing of a command comes when it has lasted for an interval.
    if lastDrawn == nil { lastDrawn = now }
    guard drawing != .nothing, let last = lastDrawn, now - last >= interval else { return }
    lastDrawn = now
    switch drawing {
    case .bar:
      let line = progress.line(width: Terminal.width - 1)
      Terminal.write("\r\u{1B}[K\(line)", to: .standardError)
      barIsShown = true
    case .lines: Terminal.write(progress.line(width: 200) + "\n", to: .standardError)
    case .nothing: break
    }
  }

  private func endProgress() {
    lastDrawn = nil
    if barIsShown { Terminal.write("\r\u{1B}[K", to: .standardError) }
    barIsShown = false
  }
}

extension WorkProgress {
  /// Activity, bar, count, detail, speed and remaining time, as much as the width holds.
  func line(width: Int) -> String {
    let percent = String(format: "%3.0f %%", share * 100)
    let speedText = String(format: speed < 100 ? "%.1f %@/s" : "%.0f %@/s", speed, unit)
    let rest = remaining.map { "\(Self.clock($0)) left" } ?? ""
    let filled = Int((share * 16).rounded(.down))
    let bar =
      "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: 16 - filled) + "]"
    let parts = [
      "\(activity) \(bar) \(percent)", "\(done)/\(total)", detail, speedText, rest,
    ].filter { !$0.isEmpty }
    var line = ""
    for part in parts {
      let longer = line.isEmpty ? part : line + "  " + part
      guard longer.count <= width else { break }
      line = longer
    }
    return line.isEmpty ? String(percent.prefix(max(0, width))) : line
  }

  /// 75 → `1:15`, 4000 → `1:06:40`.
  private static func clock(_ seconds: Double) -> String {
    let whole = Int(min(seconds.rounded(.up), 359_999))
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    return hours > 0
      ? String(format: "%d:%02d:%02d", hours, minutes, rest)
      : String(format: "%d:%02d", minutes, rest)
  }
}
