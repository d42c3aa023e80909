import Foundation
import Synchronization
import Testing

@testable import Machine

/// What happens without memory or threads, each in a process of its own.
@Suite("Exhaustion") struct ExhaustionTests {
  @Test("ends the program with its own status, and with amounts", arguments: [1, 2, 3])
  func message(way: Int) async throws {
    let result = await #expect(
      processExitsWith: .exitCode(71),
      observing: [\.standardErrorContent, \.standardOutputContent]
    ) { [way] in
      MachineMemory.tellExhaustionInJSON(true)
      setLimit(RLIMIT_AS, 4_000_000_000)
      switch way {
      case 1: print([UInt8](repeating: 1, count: 5_000_000_000).count)
      case 2: print(Data(count: 5_000_000_000).count)
      default: print(realloc(malloc(16), 5_000_000_000) == nil)
      }
    }
    let error = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(error.contains("rse: out of memory: 5000.0 MB more are needed, "))
    #expect(error.contains(" MB are in use of the 4000.0 MB that `ulimit -v` allows; allow the"))
    let output = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
    #expect(output.contains(#"{"error":"out of memory: 5000.0 MB more are needed, "#))
  }

  @Test("is put off by what can be given back")
  func reserve() async {
    await #expect(processExitsWith: .success) {
      setLimit(RLIMIT_AS, 8_000_000_000)
      kept.store(Int(bitPattern: malloc(6_000_000_000)), ordering: .relaxed)
      MachineMemory.onExhaustion {
        free(UnsafeMutableRawPointer(bitPattern: kept.exchange(0, ordering: .relaxed)))
      }
      let other = try #require(malloc(5_000_000_000))
      #expect(kept.load(ordering: .relaxed) == 0)
      free(other)
    }
  }

  @Test("of threads is told to who wants one")
  func threads() async {
    await #expect(processExitsWith: .success) {
      let (started, end) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
      setLimit(RLIMIT_AS, rlim_t(MachineMemory.usedAddresses) + 64_000_000)
      // Each has a stack of 4 MiB.
      let count = (1...20).prefix { _ in
        MachineThread.start("test") {
          started.signal()
          end.wait()
        }
      }.count
      #expect((1..<20).contains(count))
      for _ in 0..<count { started.wait() }
      for _ in 0..<count { end.signal() }
    }
  }
}

private let kept = Atomic<Int>(0)

private func setLimit(_ resource: __rlimit_resource, _ bytes: rlim_t) {
  let number = __rlimit_resource_t(resource.rawValue)
  var limits = rlimit()
  getrlimit(number, &limits)
  limits.rlim_cur = min(bytes, limits.rlim_max)
  setrlimit(number, &limits)
}
