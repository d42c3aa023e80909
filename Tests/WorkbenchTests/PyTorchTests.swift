import Foundation
import Sessions
import Tasks
import TestSupport
import Testing

@testable import Workbench

/// A Python that has PyTorch.
private enum PyTorch {
  /// `RSE_PYTHON`, else `python3`; nil if it cannot import PyTorch.
  static let interpreter: String? = {
    let python = ProcessInfo.processInfo.environment["RSE_PYTHON"] ?? "python3"
    return (try? run(python, ["-c", "import numpy, torch"], "")) == nil ? nil : python
  }()

  static let absence: Comment = """
    no PyTorch here: logits are not compared with it; RSE_PYTHON names a Python that has it
    """

  struct Failure: Error {
    let text: String
  }

  /// What a program writes.
  static func run(_ python: String, _ arguments: [String], _ input: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python] + arguments
    let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (stdin, stdout, stderr)
    try process.run()
    stdin.fileHandleForWriting.write(Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let output = stdout.fileHandleForReading.readDataToEndOfFile()
    let errors = stderr.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(text: String(decoding: errors, as: UTF8.self))
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The logits of a module for symbols of [batch, length], row by row.
  static func logits(_ python: String, folder: String, model: String, _ symbols: [[Int32]]) throws
    -> [Float]
  {
    let program = """
      import json, sys
      sys.path.insert(0, sys.argv[1])
      import torch
      from rse_network import Network
      with torch.no_grad():
          logits = Network(sys.argv[2])(torch.tensor(json.load(sys.stdin)))
      print(*(repr(x) for x in logits.flatten().tolist()))
      """
    let text = try run(python, ["-c", program, folder, model], "\(symbols)")
    return text.split(whereSeparator: \.isWhitespace).compactMap { Float($0) }
  }
}

@Suite struct PyTorchTests {
  @Test(
    "the module gives the logits of the network",
    .enabled(if: PyTorch.interpreter != nil, PyTorch.absence),
    arguments: [
      "rse blocks=2 maps=6", "rse blocks=1 maps=5", "rse blocks=3 maps=4 norm=features",
      "rse blocks=2 maps=6 tying=plain", "se blocks=1 maps=6", "se blocks=3 maps=5",
    ]
  )
  func logits(network: String) throws {
    let python = try #require(PyTorch.interpreter)
    let test = try TestSession()
    // A high rate moves what begins at a constant: biases, offsets and the shares of what passes straight on.
    let training = "data badd lengths=4,16 batch=4; model \(network) rate=0.02; train 60"
    #expect(test.submit("\(training); save m.safetensors").failure == nil)
    let file = test.folder("m.safetensors")
    try PyTorchModule.write(for: file, to: test.folder(PyTorchModule.fileName))
    let model = try #require(test.session.currentModel?.trainer?.model)
    for length in [2, 4, 16, 64] {
      let symbols: [[Int32]] = (0..<3).map { example in
        (0..<length).map { place -> Int32 in
          let mixed = 7 * place + 5 * example + place * place
          return Int32(mixed % 13)
        }
      }
      let batch = Batch([length: symbols.map { Example(input: $0, target: []) }])
      let tensor = try model.forward(batch, monitor: nil).logits.value
      let ours = tensor.withPointer { Array(UnsafeBufferPointer(start: $0, count: tensor.count)) }
      let theirs = try PyTorch.logits(python, folder: test.folder.path, model: file, symbols)
      try #require(ours.count == theirs.count)
      let distance = zip(ours, theirs).map { abs($0 - $1) / max(1, abs($0)) }.max()
      #expect(try #require(distance) < 1e-5, "length \(length)")
    }
  }

  @Test("the module is written for networks of symbols that it computes, and for no other")
  func refusals() throws {
    let test = try TestSession()
    let path = test.folder(PyTorchModule.fileName)
    test.submit("data badd lengths=8 batch=2; model rse maps=2; train 1; save a.safetensors")
    try PyTorchModule.write(for: test.folder("a.safetensors"), to: path)
    let module = try String(contentsOfFile: path, encoding: .utf8)
    #expect(module.contains("class Network(torch.nn.Module)"))
    #expect(module.split(separator: "\n").count < 100)
    test.submit("model gru maps=2; train 1; save b.safetensors")
    test.submit("data notes window=512; model rse maps=2; train 1; save c.safetensors")
    try Data("no model".utf8).write(to: URL(fileURLWithPath: test.folder("d.safetensors")))
    for (file, word) in [
      ("b", "`gru`"), ("c", "`rse` with input="), ("d", "cannot read"), ("none", "cannot read"),
    ] {
      let error = #expect(throws: (any Error).self) {
        try PyTorchModule.write(for: test.folder("\(file).safetensors"), to: path)
      }
      #expect("\(try #require(error))".contains(word))
    }
  }
}
