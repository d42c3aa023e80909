import CommandLanguage
import Figures
import Foundation
import Networks
import Sessions
import Tasks
import Tensors
import Training

extension LoadCommand {
  /// Returns the name of the TensorFlow checkpoint that a path refers to: one of its files, the list `checkpoint` of a
  /// folder, or the folder of a single checkpoint; nil if it is none.
  ///
  /// - Throws: a diagnostic for a folder of several checkpoints, and for a file of one whose index is missing.
  func releasedCheckpoint(
    _ file: String,
    in session: Session
  ) throws(Diagnostic) -> String? {
    let ending = ".index"
    let name = Self.latest(in: file, session) ?? file.replacing(Self.bundleEnding, with: "")
    for name in [file, name] where TensorBundle.exists(session.readingPath(name)) { return name }
    guard name == file || !session.isRegularFile(file) else {
      throw arguments.error(
        on: Self.file,
        "`\(file)` belongs to a TensorFlow checkpoint whose `\(name)\(ending)` is missing",
        remedy: "put the .index and .data files side by side"
      )
    }
    guard
      let names = try? FileManager.default.contentsOfDirectory(
        atPath: session.readingPath(file)
      )
    else { return nil }
    let found = names.filter { $0.hasSuffix(ending) }
    let folder = file.hasSuffix("/") ? file : file + "/"
    guard found.count < 2 else {
      let own = found.sorted().prefix(5).map { "`\(folder)\($0.dropLast(ending.count))`" }
      throw arguments.error(
        on: Self.file,
        "`\(file)` holds \(found.count) checkpoints",
        remedy: "name one of them: \(own.joined(separator: ", "))\(found.count > 5 ? ", …" : "")"
      )
    }
    return found.first.map { folder + $0.dropLast(ending.count) }
  }

  /// The endings of the file names of a TensorFlow checkpoint.
  private static var bundleEnding: Regex<Substring> {
    /\.(?:index|meta|data-\d{5}-of-\d{5})$/
  }

  /// Returns true if a file is part of a TensorFlow checkpoint, judging by its name.
  func isOfBundle(_ file: String) -> Bool { file.contains(Self.bundleEnding) }

  /// Returns true if a file is a folder's list of checkpoints, as TensorFlow writes it.
  func isList(_ file: String, in session: Session) -> Bool { Self.latest(in: file, session) != nil }

  /// Returns the checkpoint that such a list names as the latest; nil for other files.
  private static func latest(in file: String, _ session: Session) -> String? {
    guard (file as NSString).lastPathComponent == "checkpoint", session.isRegularFile(file),
      let bytes = try? session.bytes(of: file), bytes.count < longestList,
      let text = String(data: bytes, encoding: .utf8),
      let match = text.firstMatch(of: /(?m)^\s*model_checkpoint_path:\s*"([^"]+)"/)
    else { return nil }
    let name = String(match.1)
    let folder = (file as NSString).deletingLastPathComponent
    // The folder may have moved since the list was written.
    let own = (folder as NSString).appendingPathComponent((name as NSString).lastPathComponent)
    let isThere = TensorBundle.exists(session.readingPath(own))
    return isThere || !name.hasPrefix("/") ? own : name
  }

  private static let longestList = 1 << 20

  /// Returns the files of a checkpoint.
  private func parts(of name: String, in session: Session) -> [String] {
    let folder = (name as NSString).deletingLastPathComponent
    let beginning = (name as NSString).lastPathComponent
    return session.names(inFolder: folder.isEmpty ? "." : folder)
      .filter { isOfBundle($0) && $0.replacing(Self.bundleEnding, with: "") == beginning }
      .sorted().map { (folder as NSString).appendingPathComponent($0) }
  }

  /// Reads a checkpoint of the reference code. It does not state its task, so the current data determine it.
  func checkpoint(
    released name: String,
    in session: Session
  ) throws -> (checkpoint: Checkpoint, data: any SessionData) {
    let released: ReleasedCheckpoint
    do {
      let file = try TensorBundle.read(path: session.readingPath(name), name: name)
      released = try ReleasedCheckpoint(file)
      for part in parts(of: name, in: session) { _ = try session.read(part) }
    } catch let diagnostic as Diagnostic {
      throw diagnostic
    } catch {
      let fault = error as? BundleError
      throw Diagnostic(
        "cannot load `\(fault?.file ?? name)`: \(fault?.reason ?? error.localizedDescription)",
        remedy:
          "it must be a whole checkpoint of the released code, .index and .data files side by side"
      )
    }
    let spec = released.spec
    guard let data = session.data, data.input == spec.input,
      data.inputSymbols == spec.inputSymbols, data.outputSymbols == spec.outputSymbols
    else {
      let wanted = BindingError.alphabets(spec)
      let found = session.data.map { data in
        let own = BindingError.alphabets(data.input, data.inputSymbols, data.outputSymbols)
        return "; `\(data.name)` has \(own)"
      }
      throw Diagnostic(
        "such a checkpoint does not tell its task, and its network has \(wanted)\(found ?? "")",
        remedy: spec.input == .audio
          ? "choose the data first, for example `data notes window=8192 input=fourier`"
          : "choose the data first, for example `data badd`"
      )
    }
    var settings = TrainingSettings(
      releasedWith: spec.network,
      seed: session.seed,
      schedule: RateSchedule(rate: RateSchedule.releasedRate(maps: spec.maps))
    )
    if let smoothing = data.head.smoothing { settings.smoothing = smoothing }
    let checkpoint = Checkpoint(released, settings: settings, data: data.description)
    return (checkpoint, data)
  }
}
