import Foundation
import TestSupport
import Testing

@testable import Files

@Suite("A folder of what can be made anew")
struct CacheFolderTests {
  private struct Stop: Error {}

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func cache(_ name: String = "cache/rse") -> CacheFolder {
    CacheFolder(folder(name), of: "vectors")
  }

  private func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: folder(name)))
  }

  @Test("bytes are kept under their name, behind the digits of their digest")
  func contents() throws {
    cache().keep(Data("abc".utf8), named: "x")
    #expect(cache().kept(named: "x") == Data("abc".utf8))
    #expect(cache().kept(named: "y") == nil)
    // XXH3-128 of `abc`.
    #expect(try folder.text(of: "cache/rse/x") == "06b05ab6733a618578af5f94892f3950abc")
  }

  @Test(
    "bytes that were damaged are not given back",
    arguments: [0, 31, 32, 34]
  )
  func damage(place: Int) throws {
    cache().keep(Data("abc".utf8), named: "x")
    var content = try bytes("cache/rse/x")
    content[place] ^= 1
    try content.write(to: URL(fileURLWithPath: folder("cache/rse/x")))
    #expect(cache().kept(named: "x") == nil)
    try content.prefix(place).write(to: URL(fileURLWithPath: folder("cache/rse/x")))
    #expect(cache().kept(named: "x") == nil)
  }

  @Test("the digest of a file is remembered until its length or time changes")
  func digests() throws {
    let path = try folder.write("abc", to: "file")
    var reads = 0
    func digest(_ cache: CacheFolder) throws -> Digest {
      try cache.digest(path: path) { reads += 1 }
    }
    let first = cache()
    #expect(try digest(first) == Digest(of: "abc") && reads > 0)
    first.save()
    reads = 0
    #expect(try digest(cache()) == Digest(of: "abc") && reads == 0)
    var status = stat()
    #expect(stat(path, &status) == 0)
    // Other content of the same length at the same time is taken for the same.
    try folder.write("abd", to: "file")
    utimensat(AT_FDCWD, path, [status.st_atim, status.st_mtim], 0)
    #expect(try digest(cache()) == Digest(of: "abc") && reads == 0)
    utimensat(AT_FDCWD, path, [status.st_atim, timespec(tv_sec: 1, tv_nsec: 5)], 0)
    #expect(try digest(cache()) == Digest(of: "abd") && reads > 0)
  }

  @Test("a file is checked once until it changes")
  func checks() throws {
    let path = try folder.write("abc", to: "file")
    let (cache, digest) = (cache(), Digest(of: "abc"))
    var checks = 0
    func isIntact(_ answer: Bool) -> Bool {
      cache.isIntact(path, digest) {
        checks += 1
        return answer
      }
    }
    #expect(!isIntact(false) && checks == 1)
    #expect(isIntact(true) && checks == 2)
    #expect(isIntact(false) && checks == 2)
    try folder.write("abcd", to: "file")
    #expect(!isIntact(false) && checks == 3)
    cache.remember(digest, of: path)
    #expect(isIntact(false) && checks == 3)
  }

  @Test("a folder that cannot be written keeps nothing and says so once")
  func noFolder() throws {
    try folder.write("a file", to: "file")
    let cache = cache("file/cache")
    let notices = cache.takeNotices()
    #expect(notices.count == 1 && notices[0].hasPrefix("vectors are not kept for the next time: "))
    #expect(cache.takeNotices().isEmpty)
    #expect(cache.path(of: "x") == nil)
    #expect(try cache.write("x") { _ in Issue.record("there is nothing to write to") } == nil)
    cache.keep(Data([1]), named: "x")
    #expect(cache.kept(named: "x") == nil)
    cache.save()
    #expect(try folder.names() == ["file"])
  }

  @Test("after a write that failed nothing more is kept")
  func failedWrite() throws {
    let cache = cache()
    #expect(try cache.write("a") { try $0.write([1, 2]) } == folder("cache/rse/a"))
    #expect(try bytes("cache/rse/a") == Data([1, 2]))
    #expect(throws: Stop.self) { try cache.write("b") { _ in throw Stop() } }
    #expect(cache.takeNotices().isEmpty)
    try FileManager.default.createDirectory(
      atPath: folder("cache/rse/c"),
      withIntermediateDirectories: false
    )
    #expect(try cache.write("c") { try $0.write([1]) } == nil)
    #expect(cache.takeNotices().count == 1)
    #expect(cache.path(of: "a") == nil)
  }
}
