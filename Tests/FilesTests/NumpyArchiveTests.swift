import Files
import Foundation
import TestSupport
import Testing

@Suite("Archives of NumPy")
struct NumpyArchiveTests {
  private struct Stop: Error {}

  /// `numpy.savez_compressed` of `a`, [[1, -2], [0.5, 3]] as `<f4`, and of `layers/b`, [7, -8, 9] as `<i8`, with a
  /// file `readme.txt` beside them.
  private static let packed = """
    UEsDBC0AAAAIAAAAIQA9UVWs//////////8FABQAYS5ucHkBABAAkAAAAAAAAABTAAAAAAAAAJvsF+obEMnI
    UMZQrZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CkaaOgq1CmQDLgaG
    BnsGBoYDQAykHRwAUEsDBC0AAAAIAAAAIQAIj59C//////////8MABQAbGF5ZXJzL2IubnB5AQAQAJgAAAAA
    AAAATgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ck
    FqQC+RrGOpo6CrUKFAAudgYI+PEfAjihfABQSwMEFAAAAAAAAAAhAHBNP70IAAAACAAAAAoAAAByZWFkbWUu
    dHh0bm8gYXJyYXlQSwECLQMtAAAACAAAACEAPVFVrFMAAACQAAAABQAAAAAAAAAAAAAAgAEAAAAAYS5ucHlQ
    SwECLQMtAAAACAAAACEACI+fQk4AAACYAAAADAAAAAAAAAAAAAAAgAGKAAAAbGF5ZXJzL2IubnB5UEsBAhQD
    FAAAAAAAAAAhAHBNP70IAAAACAAAAAoAAAAAAAAAAAAAAIABFgEAAHJlYWRtZS50eHRQSwUGAAAAAAMAAwCl
    AAAARgEAAAAA
    """

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("the arrays of an archive are read under their names, and other files passed over")
  func reading() throws {
    let bytes = try #require(Data(base64Encoded: Self.packed, options: .ignoreUnknownCharacters))
    try bytes.write(to: URL(fileURLWithPath: folder("a.npz")))
    let arrays = try NumpyArchive.read(path: folder("a.npz"), name: "a.npz") { _ in 4 }
    #expect(arrays.map(\.name) == ["a", "layers/b"])
    #expect(arrays.map(\.array.shape) == [[2, 2], [3]])
    #expect(arrays.map { $0.array.floats(0..<$0.array.count) } == [[1, -2, 0.5, 3], [7, -8, 9]])
  }

  @Test("no more is unpacked than an array may have")
  func limit() throws {
    let content = Data(count: 1 << 20)
    var bytes = Data()
    try NumpyArchive.write([(name: "a", shape: [1 << 18], bytes: content)]) {
      bytes.append(contentsOf: $0)
    }
    try bytes.write(to: URL(fileURLWithPath: folder("a.npz")))
    let error = #expect(throws: FileReadError.self) {
      try NumpyArchive.read(path: folder("a.npz"), name: "a.npz") { _ in 1 }
    }
    #expect(error?.file == "a.npy" && error?.reason.contains("more than 65552 bytes") == true)
  }

  @Test("an error of the sink goes on, and nothing more is handed to it")
  func failingSink() {
    var calls = 0
    #expect(throws: Stop.self) {
      let arrays = (0..<9).map { (name: "\($0)", shape: [1 << 18], bytes: Data(count: 1 << 20)) }
      try NumpyArchive.write(arrays) { _ in
        calls += 1
        throw Stop()
      }
    }
    #expect(calls == 1)
  }

  @Test("files that are no archives are refused")
  func refusals() throws {
    try folder.write("junk", to: "junk.npz")
    try folder.write("", to: "empty.npz")
    func reason(_ name: String) -> String? {
      let error = #expect(throws: FileReadError.self) {
        try NumpyArchive.read(path: folder(name), name: name) { _ in 1 }
      }
      return error?.reason
    }
    #expect(reason("junk.npz")?.contains("the archive cannot be read") == true)
    #expect(reason("empty.npz") == "there is nothing in it")
    #expect(reason("none.npz") == "no such file or directory")
  }
}
