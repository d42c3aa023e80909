import CMachine
import Foundation

/// The memory that the program may use, in bytes.
package enum MachineMemory {
  /// The memory of this machine, or as much of it as the program is given: by a control group, or by `ulimit -v`.
  ///
  /// - Parameter free: bytes that are in use and can be used again.
  package static func available(beside free: Int) -> Double {
    let whole = min(
      Double(ProcessInfo.processInfo.physicalMemory),
      ControlGroup.memoryLimit ?? .infinity,
      limit(RLIMIT_DATA) ?? .infinity
    )
    guard let addresses else { return whole }
    // Libraries and stacks lie in the same addresses.
    return min(whole, max(0, addresses - max(0, usedAddresses - Double(free))))
  }

  /// How many bytes of addresses the program may have by `ulimit -v`; nil for all.
  package static var addresses: Double? { limit(RLIMIT_AS) }

  /// Lets requests for more memory than there is fail, so that the program can say so.
  ///
  /// Linux grants them otherwise, and kills the program when it uses them.
  package static func limitRequests() {
    let whole = min(
      Double(ProcessInfo.processInfo.physicalMemory) + swap,
      ControlGroup.memoryLimit ?? .infinity
    )
    let resource = __rlimit_resource_t(RLIMIT_DATA.rawValue)
    var limits = rlimit()
    guard getrlimit(resource, &limits) == 0, Double(limits.rlim_cur) > whole else { return }
    limits.rlim_cur = rlim_t(whole)
    setrlimit(resource, &limits)
  }

  /// Sets what gives memory back that is kept for later, when a request cannot be met; it is then tried once more.
  ///
  /// If that fails too, the program ends with a message that tells amounts.
  ///
  /// - Parameter giveBack: runs in the midst of whatever allocates: it must neither allocate nor wait.
  package static func onExhaustion(_ giveBack: @escaping @convention(c) () -> Void) {
    rse_on_exhaustion(giveBack)
  }

  /// Sets what is done then before the program ends.
  ///
  /// - Parameter cleanUp: as in `onExhaustion`.
  package static func beforeExhaustedEnd(_ cleanUp: @escaping @convention(c) () -> Void) {
    rse_before_exhausted_end(cleanUp)
  }

  /// Whether that message goes to standard output in JSON as well.
  package static func tellExhaustionInJSON(_ isWanted: Bool) {
    rse_tell_exhaustion_in_json(isWanted)
  }

  private static func limit(_ resource: __rlimit_resource) -> Double? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else { return nil }
    return limit.rlim_cur == .max ? nil : Double(limit.rlim_cur)
  }

  /// Bytes of addresses that are taken.
  static var usedAddresses: Double {
    let status = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    let pages = status?.split(separator: " ").first.flatMap { Double($0) }
    return (pages ?? 0) * Double(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// Bytes on disks that memory is moved to.
  private static var swap: Double {
    let lines = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8).split(separator: "\n")
    let line = lines?.first { $0.hasPrefix("SwapTotal:") }
    return (line.flatMap { Double($0.filter(\.isNumber)) } ?? 0) * 1024
  }
}
