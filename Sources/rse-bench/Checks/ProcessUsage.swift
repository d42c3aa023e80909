import Foundation

/// A process's use of resources, as Linux reports it in `/proc`.
struct ProcessUsage: CustomStringConvertible {
  /// The resident memory.
  private var residentKiB = 0
  /// The number of open files, pipes and sockets.
  private var handles = 0
  private var threads = 0

  init() {}

  /// - Returns: nil if the process no longer exists.
  init?(of process: Int32) {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
      let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")
    else { return nil }
    func number(_ name: String) -> Int? {
      status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
        .flatMap { Int($0.dropFirst(name.count + 1).filter(\.isNumber)) }
    }
    guard let resident = number("VmRSS"), let threads = number("Threads") else { return nil }
    residentKiB = resident
    handles = open.count
    self.threads = threads
  }

  /// Returns the usage that lasts over two moments: the larger memory, and the smaller numbers of files and threads,
  /// since those open only for a moment are seen by chance.
  func lasting(with other: ProcessUsage) -> ProcessUsage {
    var usage = joined(with: other)
    usage.handles = min(handles, other.handles)
    usage.threads = min(threads, other.threads)
    return usage
  }

  /// Returns the larger of each.
  func joined(with other: ProcessUsage) -> ProcessUsage {
    var usage = self
    usage.residentKiB = max(residentKiB, other.residentKiB)
    usage.handles = max(handles, other.handles)
    usage.threads = max(threads, other.threads)
    return usage
  }

  /// Returns true if the usage is no larger than earlier, except for a share of the memory.
  func isFlat(against earlier: ProcessUsage, tolerance: Double) -> Bool {
    Double(residentKiB) <= Double(earlier.residentKiB) * (1 + tolerance)
      && handles <= earlier.handles && threads <= earlier.threads
  }

  /// Returns the share by which a line fitted to the memory of some intervals rises from the first to the last.
  static func trend(of usages: [ProcessUsage]) -> Double {
    let count = Double(usages.count)
    let values = usages.map { Double($0.residentKiB) }
    let mean = values.reduce(0, +) / count
    let middle = (count - 1) / 2
    let products = values.enumerated().map { (Double($0.offset) - middle) * ($0.element - mean) }
    let squares = values.indices.map { (Double($0) - middle) * (Double($0) - middle) }
    return products.reduce(0, +) / squares.reduce(0, +) * (count - 1) / mean
  }

  var description: String {
    String(format: "%.1f MiB, %d handles, %d threads", Double(residentKiB) / 1024, handles, threads)
  }
}
