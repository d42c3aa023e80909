import Foundation
import TestSupport
import Testing

@testable import Files

@Suite("Mapped files")
struct MappedBytesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func map(_ bytes: Data) throws -> MappedBytes? {
    let path = folder("bytes")
    try bytes.write(to: URL(fileURLWithPath: path))
    let descriptor = open(path, O_RDONLY)
    defer { close(descriptor) }
    return MappedBytes(mapping: descriptor)
  }

  @Test("bytes can be read again after their pages were given back")
  func pages() throws {
    let content = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 &* 167 >> 3) }
    let mapping = try #require(try map(Data(content)))
    for _ in 0..<ResidentPages.limit / content.count + 2 {
      mapping.withBytes(0..<mapping.count) { #expect($0[12_345] == content[12_345]) }
    }
    #expect(mapping.withBytes(0..<mapping.count) { Array($0) } == content)
    #expect(mapping.withBytes(500_000..<500_003) { Array($0) } == Array(content[500_000..<500_003]))
  }

  @Test("files without content, and folders, are not mapped")
  func refusals() throws {
    #expect(try map(Data()) == nil)
    let descriptor = open(folder.path, O_RDONLY)
    defer { close(descriptor) }
    #expect(MappedBytes(mapping: descriptor) == nil)
  }
}
