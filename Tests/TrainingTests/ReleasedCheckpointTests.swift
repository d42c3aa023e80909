import Foundation
import Networks
import Tasks
import Tensors
import TestSupport
import Testing

@testable import Training

/// Checkpoints of the authors' TensorFlow code.
@Suite struct ReleasedCheckpointTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Goldens/tf_checkpoint")

  private func bundle() throws -> TensorFile {
    try TensorBundle.read(
      path: Self.folder.appendingPathComponent("varWeights.ckpt").path,
      name: "c"
    )
  }

  private func golden() throws -> GoldenFile {
    try #require(
      try GoldenFile.all(in: GoldenFile.folder).first { $0.name == "badd_len16.safetensors" }
    )
  }

  @Test("all variables are those of the same checkpoint as safetensors, bit for bit")
  func twin() throws {
    let bundle = try bundle()
    let twin = try TensorFile(
      parsing: Data(contentsOf: Self.folder.appendingPathComponent("varWeights.safetensors"))
    )
    #expect(Set(bundle.entries.keys) == Set(twin.entries.keys))
    for (name, entry) in twin.entries {
      let found = try #require(bundle.entries[name])
      #expect(found.shape == entry.shape, "\(name)")
      // 32-bit whole numbers and 64-bit numbers have another width there.
      if found.type == entry.type { #expect(found.bytes == entry.bytes, "\(name)") }
    }
    #expect(twin.entries.filter { bundle.entries[$0.key]?.type == $0.value.type }.count == 88)
  }

  @Test("the state after three steps is the reference's, and goes on like it")
  func goesOn() throws {
    let released = try ReleasedCheckpoint(bundle())
    #expect(released.step == 3 && released.hasMoments)
    let golden = try golden()
    #expect(released.spec == (try golden.spec()))
    for (path, value) in released.parameters {
      let expected = try golden.file.tensor("after3.\(golden.variable(path))").elements
      #expect(value.elements == expected, "\(path)")
    }
    let settings = try golden.makeTrainer(golden.makeModel()).settings
    let data = DataDescription(task: "badd", bins: [16], batchSize: 4)
    let trainer = Checkpoint(released, settings: settings, data: data).makeTrainer()
    let batch = try golden.makeBatch()
    var losses: [Float] = []
    for step in 4...10 {
      losses.append(Float(try trainer.takeStep(batch).loss))
      guard step == 8 || step == 10 else { continue }
      for (path, parameter) in trainer.model.parameters {
        expectClose(
          parameter.value.elements,
          try golden.file.tensor("after\(step).\(golden.variable(path))").elements,
          absolute: golden.tolerance(of: path),
          "\(path) after step \(step)"
        )
      }
    }
    #expect(trainer.step == 10)
    let curve = try golden.file.tensor("out.loss_curve").elements
    expectClose(losses, Array(curve[3..<10]), absolute: 1e-5, relative: 1e-5, "losses")
    let after = try trainer.computeGradients(batch, step: 11).loss
    expectClose([Float(after)], [curve[10]], absolute: 1e-5, relative: 1e-5, "loss after step 10")
  }

  @Test("saved as ours and loaded again it is the same")
  func savedAgain() throws {
    let released = try ReleasedCheckpoint(bundle())
    let settings = TrainingSettings(
      releasedWith: .rse,
      seed: 1,
      schedule: RateSchedule(rate: 0.001)
    )
    let data = DataDescription(task: "badd", bins: [16], batchSize: 4)
    let checkpoint = Checkpoint(released, settings: settings, data: data)
    let again = try Checkpoint(parsing: checkpoint.file().encoded())
    #expect(again.step == 3 && again.log.count == 3)
    for (a, b) in zip(checkpoint.parameters, again.parameters) {
      #expect(a.value.elements == b.value.elements)
    }
  }

  @Test("a byte that is changed anywhere is noticed, and files that are cut off are refused")
  func damaged() throws {
    let folder = try TemporaryFolder()
    let parts = ["index", "data-00000-of-00001"].map { "varWeights.ckpt.\($0)" }
    let contents = try parts.map { try Data(contentsOf: Self.folder.appendingPathComponent($0)) }
    func write(_ part: Int, _ bytes: Data) throws {
      for (index, name) in parts.enumerated() {
        try (index == part ? bytes : contents[index]).write(to: URL(fileURLWithPath: folder(name)))
      }
    }
    let clean = try bundle()
    for part in 0...1 {
      let count = contents[part].count
      for place in stride(from: 0, to: count, by: max(1, count / 97)) {
        var bytes = contents[part]
        bytes[place] ^= 0x55
        try write(part, bytes)
        // The last bytes of a footer that are padding may change.
        let file = try? TensorBundle.read(path: folder("varWeights.ckpt"), name: "c")
        if let file {
          #expect(part == 0 && place > count - 48, "byte \(place) of part \(part)")
          #expect(file.entries.keys.sorted() == clean.entries.keys.sorted())
        }
      }
      for size in [0, 1, 47, count / 2, count - 1] {
        try write(part, contents[part].prefix(size))
        #expect(throws: BundleError.self) {
          try TensorBundle.read(path: folder("varWeights.ckpt"), name: "c")
        }
      }
    }
    #expect(throws: BundleError.self) { try TensorBundle.read(path: folder("none"), name: "n") }
  }

  @Test("the checksum is CRC-32C")
  func checksum() {
    // The CRC-32C of `123456789` is E3069283.
    let crc: UInt32 = 0xE306_9283
    let masked = (crc >> 15 | crc << 17) &+ 0xA282_EAD8
    #expect(Checksum.masked(Data("123456789".utf8)) == masked)
  }

  @Test("what is no such network is refused")
  func others() throws {
    var file = TensorFile()
    #expect(throws: ReleasedCheckpointError.self) { try ReleasedCheckpoint(file) }
    file = try bundle()
    file.entries["var_lengths/output/CvB"] = nil
    #expect(throws: TensorFileError.self) { try ReleasedCheckpoint(file) }
    file = try bundle()
    file.add(Tensor(zeros: [5]), named: "var_lengths/output/CvB")
    #expect(throws: ReleasedCheckpointError.self) { try ReleasedCheckpoint(file) }
  }
}
