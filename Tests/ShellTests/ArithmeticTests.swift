import Foundation
import TestSupport
import Testing

/// Results are the same bits with every set of kernels and any number of threads.
@Suite("One arithmetic")
struct ArithmeticTests {
  /// What a run computes with.
  private struct Machine: CustomStringConvertible {
    let kernels: String
    let threads: Int

    var description: String { "\(kernels), \(threads) threads" }
  }

  /// The first one defines the results. Those that the processor does not have are left out.
  private static let machines = [
    Machine(kernels: "portable", threads: 2), Machine(kernels: "avx2", threads: 1),
    Machine(kernels: "avx512", threads: 7), Machine(kernels: "neon", threads: 7),
  ]

  private static let networks = [
    "rse", "rse norm=features", "se", "transformer", "universal", "universal halting=on", "lstm",
    "gru", "conv", "gareader",
  ]
  private static let inputs = [
    "input=raw window=512", "input=fourier window=512 multiplier=2", "input=spectrogram window=512",
  ]

  private static let scripts: [String] =
    networks.map {
      "seed 7; data badd lengths=8,16 batch=8; model \($0) maps=8; train 300; test lengths=8,32 count=64"
    }
    + inputs.map {
      "seed 3; data notes \($0) batch=1 gain=2; model rse maps=4 blocks=1 convolutions=2; train 300; "
        + "test count=16"
    }
    + [
      // Groups of examples of several lengths, and examples that are divided.
      "seed 2; data badd lengths=16,64,2048 batch=3; model rse maps=4 blocks=1; train 4",
      "seed 1; data lambada path=passages lengths=64 batch=8; model rse maps=8; train 300; test",
      "seed 1; data lambada path=passages lengths=64 batch=8; model transformer maps=8; train 300",
      "seed 1; data lambada path=passages lengths=64 batch=8; model gareader maps=8; train 300; test",
      "seed 5; data performances window=2048 batch=2 gain=2 pitch=0.1; model rse maps=8 blocks=1 norm=features; "
        + "train 60; test count=4; transcribe minuet threshold=0.05 picture=off",
      "load music; transcribe minuet to=heard; render heard/minuet.mid heard.wav",
    ]

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Results of the script without times, and digests of the files that it wrote; nil where there are no such kernels.
  private func results(_ script: String, on machine: Machine) throws -> [String]? {
    let place = try ShellPlace()
    place.environment["RSE_KERNELS"] = machine.kernels
    place.environment["RSE_THREADS"] = String(machine.threads)
    let folder = URL(fileURLWithPath: place.folder)
    try FileManager.default.copyItem(
      at: Self.root.appendingPathComponent("Notebooks/passages"),
      to: folder.appendingPathComponent("passages")
    )
    let run = try PipedRun(["--json"], in: place, input: script)
    if run.errors.contains("names no kernels that this processor can run") { return nil }
    #expect(run.ending == .status(0), "\(run.errors)")
    let lines = try run.outputLines.map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
      let fields = try #require(object as? [String: Any])
      var result = fields["result"] as? [String: Any] ?? [:]
      result["seconds"] = nil
      let data = try JSONSerialization.data(withJSONObject: result, options: .sortedKeys)
      return String(decoding: data, as: UTF8.self)
    }
    let files = ["heard/minuet.notes.csv", "heard.wav"].compactMap {
      try? Data(contentsOf: folder.appendingPathComponent($0)).base64EncodedString()
    }
    return lines + files
  }

  @Test(
    "gives the same bits with every set of kernels and any number of threads",
    arguments: scripts
  )
  func everywhere(script: String) throws {
    let expected = try #require(try results(script, on: Self.machines[0]))
    if script.contains("train") {
      #expect(expected.contains { $0.contains("\"weights\"") })
    } else {
      #expect(expected.filter { $0.count > 10_000 }.count == 1)
    }
    for machine in Self.machines.dropFirst() {
      guard let found = try results(script, on: machine) else { continue }
      #expect(found == expected, "\(machine)")
    }
  }
}
