import Foundation
import Testing
import TestSupport

@testable import Machine

/// Hierarchies in a folder, in the forms of cgroups(7).
@Suite("Control groups") struct ControlGroupTests {
  private func write(_ text: String, _ folder: String, _ name: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
  }

  @Test("of version 2 have the least limit of all groups that they are in")
  func unified() throws {
    let root = try TemporaryFolder()
    try write("max\n", root.path + "/user", "memory.max")
    try write("500000000\n", root.path + "/user/session", "memory.max")
    try write("900000000\n", root.path + "/user/session/job", "memory.max")
    let groups = ControlGroup.of("0::/user/session/job\n", root: root.path)
    #expect(groups.compactMap(\.limit) == [5e8])
    #expect(ControlGroup.of("0::/user\n", root: root.path).compactMap(\.limit) == [])
  }

  @Test("of version 1 have a hierarchy for memory")
  func divided() throws {
    let root = try TemporaryFolder()
    try write("9223372036854771712\n", root.path + "/memory", "memory.limit_in_bytes")
    try write("300000000\n", root.path + "/memory/job", "memory.limit_in_bytes")
    try write("1\n", root.path + "/cpu/job", "memory.limit_in_bytes")
    let text = "5:cpu,cpuacct:/job\n4:memory:/job\n1:name=systemd:/\n0::/\n"
    #expect(ControlGroup.of(text, root: root.path).compactMap(\.limit) == [3e8])
  }

  @Test("whose folders cannot be seen count by those that can, as in a container")
  func container() throws {
    let root = try TemporaryFolder()
    try write("200000000\n", root.path, "memory.max")
    let text = "0::/../../other/job\n"
    #expect(ControlGroup.of(text, root: root.path).compactMap(\.limit) == [2e8])
    #expect(ControlGroup.of("nonsense\n\n0:\n", root: root.path).isEmpty)
  }
}
