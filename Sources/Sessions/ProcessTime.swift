import CommandLanguage
import Foundation

/// A start time from which the resources used are measured.
package struct ProcessTime {
  /// The resources that a statement used.
  package struct Elapsed: CustomStringConvertible {
    package let seconds: Double
    /// The computing time of all threads, in seconds.
    package let processorSeconds: Double
    /// The program's peak memory so far, in bytes.
    let peakBytes: Double

    /// `12.4 s, processor 24.1 s, peak memory 156 MiB`
    package var description: String {
      let peak = String(format: "%.0f MiB", peakBytes / 1_048_576)
      return "\(short(seconds)) s, processor \(short(processorSeconds)) s, peak memory \(peak)"
    }

    package var value: Value {
      .record([
        "seconds": .number(seconds), "processor_seconds": .number(processorSeconds),
        "peak_bytes": .number(peakBytes),
      ])
    }

    /// Returns seconds with three digits, or with all digits before the point.
    private func short(_ seconds: Double) -> String {
      String(format: seconds < 10 ? "%.2f" : seconds < 100 ? "%.1f" : "%.0f", seconds)
    }
  }

  private let instant = ContinuousClock.now
  private let processor = Self.processorSeconds

  /// The resources used since.
  var elapsed: Elapsed {
    Elapsed(
      seconds: instant.secondsAgo,
      processorSeconds: Self.processorSeconds - processor,
      peakBytes: Double(Self.usage.ru_maxrss) * 1024
    )
  }

  private static var usage: rusage {
    var usage = rusage()
    getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
    return usage
  }

  private static var processorSeconds: Double {
    let usage = usage
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}
