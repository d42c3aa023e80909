import Foundation
import TestSupport
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

@Suite("Arrays of NumPy")
struct ArrayFileTests {
  private static let setup = "seed 3; data badd lengths=8 batch=2; model rse maps=4"

  private func weights(_ test: TestSession, _ statement: String) throws -> String {
    let outcome = test.submit(statement)
    #expect(outcome.failure == nil, "\(statement)")
    let line = outcome.output.map(\.text).last { $0.contains("weights") }
    return try #require(line?.split(separator: " ").last.map(String.init))
  }

  @Test("all parameters are written and read back bit for bit, and one alone")
  func roundTrip() throws {
    let test = try TestSession()
    let whole = try weights(test, Self.setup + "; train 2; save a.npz")
    #expect(try weights(test, "save b.npz; save e.npy array=embedding; save a.npz") == whole)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: test.folder("a.npz")))
        == Data(contentsOf: URL(fileURLWithPath: test.folder("b.npz")))
    )
    let other = try weights(test, "seed 4; model rse maps=4 as=other; train 1")
    #expect(other != whole)
    #expect(try weights(test, "load e.npy array=embedding") != whole)
    #expect(try weights(test, "load a.npz") == whole)
    #expect(test.submit("train 1; test count=2").failure == nil)
  }

  @Test(
    "what does not fit is refused with the name of the array",
    arguments: [
      ("save a.npy", "holds one array"), ("save a.npz array=embedding", "about a .npy file"),
      ("save a.npy array=none", "no parameter `none`"),
      ("save a.npz moments=off", "about checkpoints"), ("load none.npz", "no file"),
      ("load junk.npz", "cannot be read"),
      ("load junk.npy array=embedding", "junk.npy: this is no NumPy file"),
      ("load all.npy", "holds one array"),
      ("load bias.npy array=embedding", "where the model has 13 × 4"),
      ("model rse maps=8; load all.npz", "where the model has"),
      ("model rse maps=4 blocks=1; load all.npz", "the model has no parameter `blocks.1"),
      ("model rse maps=4 blocks=3; load all.npz", "has no array `blocks.2"),
    ]
  )
  func wrong(statement: String, message: String) throws {
    let test = try TestSession()
    test.submit(Self.setup + "; train 1; save all.npz; save bias.npy array=output.bias")
    try test.folder.write("junk", to: "junk.npz")
    try test.folder.write("junk", to: "junk.npy")
    let failure = try #require(test.submit(statement).failure)
    let first = failure.split(separator: "\n").first ?? ""
    #expect(!first.contains(test.folder.path), "files are named as they were typed: \(failure)")
    #expect(failure.contains(message), "\(failure)")
  }
}
