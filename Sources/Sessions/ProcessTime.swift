import CommandLanguage
import Foundation

/// A moment, to tell what was used since.
package struct ProcessTime {
  /// What a statement used.
  package struct Elapsed: CustomStringConvertible {
    package let seconds: Double
    /// Seconds that all threads have computed.
    package let processorSeconds: Double
    /// The largest memory of the program so far.
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

    /// Three digits or all whole ones.
    private func short(_ seconds: Double) -> String {
      String(format: seconds < 10 ? "%.2f" : seconds < 100 ? "%.1f" : "%.0f", seconds)
    }
  }

  private let instant = ContinuousClock.now
  private let processor = Self.processorSeconds

  /// What was used since.
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
