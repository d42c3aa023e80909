import Audio
import CommandLanguage
import Files
import Foundation
import Notebooks
import Tasks
import Tensors
import Training
import Words
import Sessions
import Workbench

/// The program's readers of files from elsewhere. Most inputs are expected to cause errors.
enum Readers {
  /// Parses, prints, completes and checks a script.
  static func script(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let result = Session.commands.parse(Source(name: "a.rse", text: text))
    _ = LineGroups.ranges(of: result)
    let session = Session()
    _ = session.completion(of: text)
    for diagnostic in session.check(text, name: "a.rse") { _ = diagnostic.description }
    guard let script = try? result.checked() else { return }
    guard bytes.count < longestPrinted else { return }
    let printed = ScriptPrinter.print(script)
    let again = Session.commands.parse(Source(name: "a.rse", text: printed))
    precondition((try? again.checked()) == script, "printed it is another script: \(printed)")
  }

  /// The size in bytes above which scripts are not printed and parsed again, which nobody does.
  private static let longestPrinted = 1 << 16

  /// Runs a script without commands.
  static func evaluation(_ bytes: [UInt8]) {
    let source = Source(name: "a.rse", text: String(decoding: bytes, as: UTF8.self))
    guard let script = try? Session.commands.parse(source).checked() else { return }
    _ = try? Evaluator<Calculator>(registry: CommandRegistry()).evaluate(script, in: Calculator())
  }

  /// Reads, strips, compares and exports a notebook.
  static func notebook(_ bytes: [UInt8]) {
    guard let notebook = try? Notebook(parsing: bytes, file: "a.rsenb") else { return }
    precondition(notebook.bytes == bytes, "a notebook that was read has other bytes")
    let session = NotebookSession(Session(folder: "/nowhere"))
    let cells = notebook.cells(groupedBy: session)
    _ = notebook.orphans(of: cells)
    let bare = notebook.stripped(ofFacts: [])
    _ = NotebookDiff(notebook, bare, groupedBy: session, tolerance: .standard).text
    for format in NotebookExport.Format.allCases {
      _ = NotebookExport.make(notebook, as: format, to: "/nowhere/a", groupedBy: session).document
    }
  }

  /// Reads arrays and, if they form a checkpoint, the checkpoint, without the digest that would reject altered content.
  static func safetensors(_ bytes: [UInt8]) {
    guard var file = try? TensorFile(parsing: Data(bytes)) else { return }
    for name in file.entries.keys {
      _ = try? file.tensor(name)
      _ = try? file.numbers(name)
    }
    file.metadata["content"] = nil
    if let checkpoint = try? Checkpoint(file) {
      _ = checkpoint.makeTrainer().model.digest
      _ = try? checkpoint.data.pairs()
      _ = try? DataOptions(checkpoint.data)
      _ = try? MusicForm(checkpoint)
      _ = try? LambadaForm(checkpoint.data)
      _ = try? Vocabulary(checkpoint)
    }
    _ = try? ReleasedCheckpoint(file)
  }

  static func npy(_ path: String) {
    guard let array = try? NumpyArray(path: path) else { return }
    _ = array.floats(0..<array.count)
  }

  static func npz(_ path: String) {
    let arrays = try? NumpyArchive.read(path: path, name: "a.npz") { _ in 1 << 16 }
    for (_, array) in arrays ?? [] {
      _ = array.floats(0..<array.count)
    }
  }

  /// Reads a TensorFlow index beside a shard of zeros.
  static func bundle(_ bytes: [UInt8], in folder: ScratchFolder) {
    let index = folder.file("a.index", bytes)
    _ = folder.file("a.data-00000-of-00001", [UInt8](repeating: 0, count: 256))
    let file = try? TensorBundle.read(path: String(index.dropLast(6)), name: "a")
    guard let file, let released = try? ReleasedCheckpoint(file) else { return }
    let spec = released.spec
    let settings = TrainingSettings(
      releasedWith: spec.network,
      seed: 1,
      schedule: RateSchedule(rate: RateSchedule.releasedRate(maps: spec.maps))
    )
    let data = DataDescription(task: "badd", bins: [8], batchSize: 1)
    _ = Checkpoint(released, settings: settings, data: data).makeTrainer().model.digest
  }

  static func notes(_ bytes: [UInt8]) {
    guard let table = try? NoteTable(parsing: bytes, seconds: 60) else { return }
    _ = LabelRoll(table.notes)
    _ = MIDIWriter().bytes(table.notes)
    _ = table.remarks.texts
  }

  static func vectors(_ path: String, in folder: ScratchFolder) {
    let cache = folder.folder("cache")
    let words = WordTable()
    let file = VectorFile(path: path, name: "a.vec")
    let kept = CacheFolder(cache, of: "vectors")
    for _ in 0..<2 { _ = try? file.vocabulary(first: 100, wanted: words, cache: kept) { _ in } }
    try? FileManager.default.removeItem(atPath: cache)
  }

  /// Reads passages; the first byte determines whether lines are texts or objects.
  static func passages(_ bytes: [UInt8], in folder: ScratchFolder) {
    let isText = bytes.first.map { $0 & 1 == 0 } ?? true
    let place = folder.folder(isText ? "texts" : "objects")
    _ = folder.file(isText ? "texts/test.txt" : "objects/test.jsonl", Array(bytes.dropFirst()))
    guard let set = try? LambadaSet(path: place, name: "a", longest: 64, { _ in }) else { return }
    _ = set.vocabulary(size: 100)
  }

  static func pairs(_ bytes: [UInt8]) {
    guard let file = try? PairFile(parsing: Data(bytes)) else { return }
    let (inputs, outputs) = (
      PairFile.alphabet(of: \.input, [file]), PairFile.alphabet(of: \.target, [file])
    )
    let description = PairTask.Description(
      file: "a",
      digest: "",
      unit: file.unit,
      inputs: inputs,
      outputs: outputs,
      heldOut: 0.1,
      seed: 1
    )
    guard let examples = try? PairExamples(file, inputs: inputs, outputs: outputs) else { return }
    _ = PairTask(description, examples, test: examples)
  }

  static func sound(_ path: String) {
    guard let reader = try? AudioReader(path: path, allowsTruncation: true, decoder: nil) else {
      return
    }
    let resampler = Resampler(from: reader.rate, to: 11_000)
    // The decoded sound may be far longer than its file.
    for _ in 0..<16 {
      let goesOn = try? reader.read { samples in resampler.process(samples) { _ in } }
      guard goesOn == true else { break }
    }
    resampler.finish { _ in }
  }

  static func midi(_ bytes: [UInt8]) {
    guard let file = try? MIDIFile(parsing: bytes) else { return }
    _ = MIDIWriter().bytes(file.notes)
  }
}

/// Evaluates without commands, for a limited time.
private final class Calculator: EvaluatorHost {
  private var turns = 200

  func checkpoint() throws {
    turns -= 1
    if turns < 0 { throw Interrupted() }
  }

  func show(_ value: Value) { _ = value.description }

  func timed(_ statement: Statement, of source: Source, run: () throws -> Value) rethrows -> Value {
    try run()
  }

  func completed(_ statement: Statement, of source: Source, value: Value) {}
}
