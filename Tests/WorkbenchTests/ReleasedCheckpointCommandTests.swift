import Foundation
import Networks
import Tensors
import TestSupport
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

/// `load` of what the authors' TensorFlow code has written.
@Suite struct ReleasedCheckpointCommandTests {
  private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("TrainingTests/Goldens/tf_checkpoint")

  @Test(
    "a checkpoint is loaded by its name, by that of its index, and by that of its folder",
    arguments: ["ck/varWeights.ckpt", "ck/varWeights.ckpt.index", "ck", "ck/"]
  )
  func names(file: String) throws {
    let test = try TestSession()
    let folder = test.folder("ck")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for part in ["index", "data-00000-of-00001"] {
      try FileManager.default.copyItem(
        atPath: Self.golden.appendingPathComponent("varWeights.ckpt.\(part)").path,
        toPath: "\(folder)/varWeights.ckpt.\(part)"
      )
    }
    #expect(test.submit("load \(file)").failure?.contains("does not tell its task") == true)
    #expect(test.submit("data sort lengths=16; load \(file)").failure != nil)
    test.submit("data badd lengths=16 batch=4")
    let output = test.submit("load \(file) as=old").output.map(\.text)
    #expect(output.first?.hasPrefix("old  step 3  weights") == true, "\(output)")
    for statement in [
      "test count=4", "try 11 + 1", "train 2", "plot loss loss.png", "save new.safetensors",
      "load new.safetensors; train 1", "show model",
    ] {
      #expect(test.submit(statement).failure == nil, "\(statement)")
    }
    for part in ["index", "data-00000-of-00001"] {
      try FileManager.default.copyItem(
        atPath: "\(folder)/varWeights.ckpt.\(part)",
        toPath: "\(folder)/other.\(part)"
      )
    }
    let several = test.submit("load ck").failure
    #expect(several?.contains("holds 2 checkpoints") == true)
    #expect(several?.contains("`ck/other`, `ck/varWeights.ckpt`") == true)
  }

  @Test("the graph and the list beside a checkpoint lead to it, also where the folder was moved")
  func besides() throws {
    let test = try TestSession()
    let folder = test.folder("ck")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for part in ["index", "data-00000-of-00001"] {
      for name in ["varWeights.ckpt", "older.ckpt"] {
        try FileManager.default.copyItem(
          atPath: Self.golden.appendingPathComponent("varWeights.ckpt.\(part)").path,
          toPath: "\(folder)/\(name).\(part)"
        )
      }
    }
    try test.folder.write("not read", to: "ck/varWeights.ckpt.meta")
    try test.folder.write("not read", to: "ck/gone.ckpt.meta")
    test.submit("data badd lengths=16 batch=4")
    for path in ["varWeights.ckpt", "/somewhere/else/varWeights.ckpt", folder + "/older.ckpt"] {
      try test.folder.write(
        "model_checkpoint_path: \"\(path)\"\nall_model_checkpoint_paths: \"older.ckpt\"\n",
        to: "ck/checkpoint"
      )
      let output = test.submit("load ck/checkpoint as=old").output.map(\.text)
      #expect(output.last?.hasPrefix("old  step 3  weights") == true, "\(path) \(output)")
    }
    #expect(test.submit("load ck/varWeights.ckpt.meta").failure == nil)
    #expect(
      test.submit("load ck/gone.ckpt.meta").failure?.contains("gone.ckpt.index` is missing") == true
    )
    try test.folder.write("model_checkpoint_path: \"gone.ckpt\"\n", to: "ck/checkpoint")
    #expect(
      test.submit("load ck/checkpoint").failure?.contains("gone.ckpt.index` is missing") == true
    )
  }

  @Test("a checkpoint of music is tested, and transcribes")
  func music() throws {
    let test = try TestSession()
    var spec = ModelSpec(.rse, maps: 8, inputSymbols: 0, outputSymbols: 128)
    spec.input = .audio
    spec.isCalibrated = true
    spec.blocks = 1
    let path = test.folder("varWeights.ckpt")
    try BundleWriter.write(BundleWriter.variables(of: spec, seed: 3, step: 7), to: path)
    #expect(
      test.submit("load varWeights.ckpt").failure?.contains("data notes window=8192") == true
    )
    test.submit("data notes window=1024 input=fourier batch=2")
    let output = test.stableLines("load varWeights.ckpt as=music")
    let own = spec.makeModel(seed: 3)
    #expect(output.first == "music  step 7  weights \(own.digest.short)")
    test.submit("render minuet m.wav rate=11025")
    for statement in ["test count=8", "transcribe m.wav of=music picture=off", "train 1"] {
      #expect(test.submit(statement).failure == nil, "\(statement)")
    }
  }

  @Test(
    "it is found by the names of its files in any folder, and has no more steps than a training can have"
  )
  func unusualNames() throws {
    let test = try TestSession()
    test.submit("data badd lengths=8 batch=2")
    let spec = ModelSpec(.rse, maps: 4, inputSymbols: 13, outputSymbols: 4)
    let folder = test.folder("run.data-1.index")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try BundleWriter.write(
      BundleWriter.variables(of: spec, seed: 1, step: 7),
      to: folder + "/model-7"
    )
    for ending in ["", ".index", ".data-00000-of-00001"] {
      #expect(
        test.stableLines("load run.data-1.index/model-7\(ending)").last?.contains("step 7") == true
      )
    }
    let endless = BundleWriter.variables(of: spec, seed: 1, step: 2_000_000_000)
    try BundleWriter.write(endless, to: test.folder("endless"))
    #expect(test.submit("load endless").failure?.contains("cannot be") == true)
    #expect(
      test.submit("load run.data-1.index array=a").failure?.contains("about a .npy file") == true
    )
    #expect(
      test.submit("save a.safetensors array=a").failure?.contains("about a .npy file") == true
    )
  }

  @Test("one that is cut off, damaged or of another network is refused")
  func refused() throws {
    let test = try TestSession()
    test.submit("data badd lengths=8 batch=2")
    let spec = ModelSpec(.rse, maps: 4, inputSymbols: 13, outputSymbols: 4)
    let path = test.folder("w.ckpt")
    let variables = BundleWriter.variables(of: spec, seed: 1, step: 0)
    try BundleWriter.write(variables, to: path)
    #expect(test.submit("load w.ckpt").failure == nil)
    let data = URL(fileURLWithPath: path + ".data-00000-of-00001")
    let whole = try Data(contentsOf: data)
    try whole.dropLast(3).write(to: data)
    #expect(test.submit("load w.ckpt").failure?.contains("cut off") == true)
    try FileManager.default.removeItem(at: data)
    #expect(test.submit("load w.ckpt").failure?.contains("it is missing") == true)
    try BundleWriter.write(Array(variables.prefix(4)), to: path)
    #expect(test.submit("load w.ckpt").failure?.contains("not those of a Shuffle-Exchange") == true)
  }
}
