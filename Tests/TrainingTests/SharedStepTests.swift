import Processes
import Testing

@testable import Training

@Suite("A step of several processes")
struct SharedStepTests {
  @Test("names the processes whose weights are others")
  func difference() {
    let hosts = ["a", "b", "c"]
    #expect(SharedStep.difference(["x", "x", "x"], hosts: hosts) == nil)
    let one = SharedStep.difference(["x", "y", "x"], hosts: hosts)?.message ?? ""
    #expect(one.contains("process 1 on b has y") && !one.contains("process 0"))
    let tied = SharedStep.difference(["x", "y"], hosts: hosts)?.message ?? ""
    #expect(tied.contains("process 0 on a has x") && tied.contains("process 1 on b has y"))
  }
}
