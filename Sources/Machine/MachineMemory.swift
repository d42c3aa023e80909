import CMachine
import Foundation

/// The memory that the program may use, in bytes.
package enum MachineMemory {
  /// Returns the memory of this machine, or less if a control group or `ulimit -v` limits the program to that.
  ///
  /// - Parameter free: bytes that are in use and can be reused.
  package static func available(beside free: Int) -> Double {
    let whole = min(
      Double(ProcessInfo.processInfo.physicalMemory),
      ControlGroup.memoryLimit ?? .infinity,
      limit(RLIMIT_DATA) ?? .infinity
    )
    guard let addresses else { return whole }
    // Libraries and stacks share the same address space.
    return min(whole, max(0, addresses - max(0, usedAddresses - Double(free))))
  }

  /// The size of the program's address space by `ulimit -v`, in bytes; nil for no limit.
  package static var addresses: Double? { limit(RLIMIT_AS) }

  /// Makes requests for more memory than there is fail, so that the program can report it.
  ///
  /// Otherwise Linux grants them, and kills the program when it touches the memory.
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

  /// Sets the function that frees cached memory when a request cannot be met; the request is then tried once more.
  ///
  /// If that fails too, the program ends with a message that states the amounts.
  ///
  /// - Parameter giveBack: runs in the middle of an allocation, so it must neither allocate nor wait.
  package static func onExhaustion(_ giveBack: @escaping @convention(c) () -> Void) {
    rse_on_exhaustion(giveBack)
  }

  /// Sets the function that then runs before the program ends.
  ///
  /// - Parameter cleanUp: as in `onExhaustion`.
  package static func beforeExhaustedEnd(_ cleanUp: @escaping @convention(c) () -> Void) {
    rse_before_exhausted_end(cleanUp)
  }

  /// Sets whether that message also goes to standard output as JSON.
  package static func tellExhaustionInJSON(_ isWanted: Bool) {
    rse_tell_exhaustion_in_json(isWanted)
  }

  private static func limit(_ resource: __rlimit_resource) -> Double? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else { return nil }
    return limit.rlim_cur == .max ? nil : Double(limit.rlim_cur)
  }

  /// The size of the address space in use, in bytes.
  static var usedAddresses: Double {
    let status = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    let pages = status?.split(separator: " ").first.flatMap { Double($0) }
    return (pages ?? 0) * Double(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// The size of the swap space, in bytes.
  private static var swap: Double {
    let lines = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8).split(separator: "\n")
    let line = lines?.first { $0.hasPrefix("SwapTotal:") }
    return (line.flatMap { Double($0.filter(\.isNumber)) } ?? 0) * 1024
  }
}
