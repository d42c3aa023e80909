import Foundation

/// What a process holds of the machine, as Linux tells it in `/proc`.
struct ProcessUsage: CustomStringConvertible {
  /// Memory in the machine's storage.
  private var residentKiB = 0
  /// Open files, pipes and sockets.
  private var handles = 0
  private var threads = 0

  init() {}

  /// - Returns: nil if there is no such process any more.
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

  /// What lasts over two moments: the larger memory, and no more files and threads than at either,
  /// as those that are opened for a moment are seen or not by chance.
  func lasting(with other: ProcessUsage) -> ProcessUsage {
    var usage = joined(with: other)
    usage.handles = min(handles, other.handles)
    usage.threads = min(threads, other.threads)
    return usage
  }

  /// The larger of each.
  func joined(with other: ProcessUsage) -> ProcessUsage {
    var usage = self
    usage.residentKiB = max(residentKiB, other.residentKiB)
    usage.handles = max(handles, other.handles)
    usage.threads = max(threads, other.threads)
    return usage
  }

  /// Whether there is no more than earlier, but for a share of the memory.
  func isFlat(against earlier: ProcessUsage, tolerance: Double) -> Bool {
    Double(residentKiB) <= Double(earlier.residentKiB) * (1 + tolerance)
      && handles <= earlier.handles && threads <= earlier.threads
  }

  /// The share by which a straight line through the memory of some intervals rises from the first to the last.
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
