import Foundation

/// A moment, to tell what was used since.
struct ProcessTime {
  private let instant = ContinuousClock.now
  private let processor = Self.processorSeconds

  /// `12.4 s, processor 24.1 s, peak memory 156 MiB`; the peak is that of the program so far.
  var elapsed: String {
    let seconds = (ContinuousClock.now - instant) / .seconds(1)
    let computed = Self.processorSeconds - processor
    return String(
      format: "%@ s, processor %@ s, peak memory %.0f MiB",
      Self.short(seconds),
      Self.short(computed),
      Double(Self.usage.ru_maxrss) / 1024
    )
  }

  /// Three digits or all whole ones.
  private static func short(_ seconds: Double) -> String {
    String(format: seconds < 10 ? "%.2f" : seconds < 100 ? "%.1f" : "%.0f", seconds)
  }

  private static var usage: rusage {
    var usage = rusage()
    getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
    return usage
  }

  /// Seconds that all threads have computed.
  private static var processorSeconds: Double {
    let usage = usage
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}
