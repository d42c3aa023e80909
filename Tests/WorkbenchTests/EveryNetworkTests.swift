import Foundation
import Networks
import Notebooks
import TestSupport
import Testing

@testable import Sessions
@testable import Workbench

/// Every network with every kind of input: symbols, vectors of words, samples, Fourier coefficients, spectrograms.
@Suite("Every network on every family of tasks") struct EveryNetworkTests {
  /// A choice of data, and what else its models are told.
  struct Input: CustomTestStringConvertible, Sendable {
    let data: String
    var model = ""

    var testDescription: String { data }
  }

  /// Each network with all that it reads.
  private static let choices: [(network: String, input: Input)] =
    NetworkKind.allCases.flatMap { kind in
      (kind.hearsWindows ? [Input(data: "data notes window=2048 batch=2")] : inputs).map {
        (kind.rawValue, $0)
      }
    }

  private static let inputs: [Input] = [
    Input(data: "data badd lengths=8,16 batch=4"),
    Input(data: "data file=pairs.tsv batch=4 held-out=0.5 lengths=4"),
    Input(data: "data lambada path=passages lengths=16 batch=4 words=40"),
    Input(data: "data lambada path=passages lengths=16 batch=4 vectors=v.vec"),
    Input(data: "data notes window=256 batch=2"),
    Input(data: "data notes window=256 batch=2", model: " convolutions=0"),
    Input(data: "data notes window=256 batch=2 input=fourier multiplier=2"),
    Input(data: "data notes window=512 batch=2 input=spectrogram transpose=1"),
    Input(data: "data performances window=1024 batch=2 transpose=1"),
    Input(data: "data performances window=1024 batch=2 input=spectrogram"),
  ]

  private func writeFiles(in folder: TemporaryFolder) throws {
    let pairs = ["ab ba", "abc cba", "ca ac", "bb bb", "abca acba", "ccb bcc", "c c", "bca acb"]
    try folder.write(
      pairs.map { $0.replacing(" ", with: "\t") + "\n" }.joined(),
      to: "pairs.tsv"
    )
    try FileManager.default.createDirectory(
      atPath: folder("passages"),
      withIntermediateDirectories: true
    )
    for name in ["train", "dev", "test"] {
      let names = ["anna", "ben", "carl", "dora"]
      let lines = names.flatMap { a in
        names.filter { $0 != a }.map { b in "\(a) met \(b) and then \(b) looked long at \(a)" }
      }
      try folder.write(lines.joined(separator: "\n") + "\n", to: "passages/\(name).txt")
    }
    let words = ["anna", "ben", "carl", "dora", "met", "and", "then", "looked", "long", "at"]
    let rows = words.enumerated().map { "\($1) \(Double($0) / 10) \(1 - Double($0) / 5) 0.5" }
    try folder.write("10 3\n" + rows.joined(separator: "\n") + "\n", to: "v.vec")
  }

  private func session() throws -> TestSession {
    let test = try TestSession()
    try writeFiles(in: test.folder)
    return test
  }

  @Test(
    "trains, validates, tests, saves, loads, and goes on with the same bits",
    arguments: choices
  )
  func life(network: String, input: Input) throws {
    let model = "model \(network) maps=4\(input.model)"
    let test = try session()
    test.submit("\(input.data); \(model)")
    let first = test.stableLines("train 2 validate=every 1 count=4")
    #expect(first.count == 3, "\(first)")
    test.submit("save a.safetensors")
    let tested = test.stableLines("test count=2")
    #expect(!tested.isEmpty)
    let later = try #require(test.stableLines("train 2").last)
    test.submit("show model; show batch; show parameters")

    let again = try TestSession()
    try writeFiles(in: again.folder)
    again.submit("load \(test.folder("a.safetensors"))")
    let heads = { (lines: [String]) in lines.map { $0.replacing(/a\b|\#(network)/, with: "") } }
    #expect(heads(again.stableLines("test count=2")) == heads(tested))
    #expect(again.stableLines("train 2").last == later)
    let problems = (test.diagnostics + again.diagnostics).map(\.message)
    #expect(problems.isEmpty, "\(problems)")
  }

  @Test(
    "a notebook is recorded, replayed, cut off and resumed with the same bits",
    arguments: choices
  )
  func notebook(network: String, input: Input) throws {
    let folder = try TemporaryFolder()
    try writeFiles(in: folder)
    let path = try folder.write(
      """
      rsenb 1

      seed 3
      \(input.data)
      model \(network) maps=4\(input.model)

      train 4 checkpoint=every 1 keep=2

      test count=2

      """,
      to: "n.rsenb"
    )
    #expect(try FileRun().record(path) == .done)
    let report = try FileRun().replay(path, options: ReplayOptions())
    #expect(report.status == .done && report.summary.hasPrefix("identical:"), "\(report.summary)")
    let recorded = try String(contentsOfFile: path, encoding: .utf8)
    // A run that ends after some steps goes on from its checkpoint.
    try FileManager.default.removeItem(atPath: folder("checkpoints"))
    var steps = 0
    var run = FileRun()
    run.host.isInterrupted = { steps >= 2 }
    run.host.observer = { event in
      if case .progress(let progress) = event, progress.activity == "train", progress.part == 0 {
        steps = progress.done
      }
    }
    #expect(try run.run(path) == .interrupted)
    var resumed = FileRun()
    resumed.host.resumes = true
    #expect(try resumed.record(path) == .done)
    func stable(_ text: String) -> [Substring] {
      text.split(separator: "\n").filter { $0.hasPrefix("|") }
    }
    #expect(stable(try String(contentsOfFile: path, encoding: .utf8)) == stable(recorded))
  }
}
