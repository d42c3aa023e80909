import CommandLanguage
import Figures
import Foundation
import Networks
import Sessions
import Tasks
import Tensors
import Training

extension LoadCommand {
  /// The name of the TensorFlow checkpoint that a user means: with or without `.index`, or the folder of a single one;
  /// nil if it is none.
  ///
  /// - Throws: a diagnostic for a folder of several.
  func releasedCheckpoint(
    _ file: String,
    in session: Session
  ) throws(Diagnostic) -> String? {
    let ending = ".index"
    let name = file.replacing(Self.bundleEnding, with: "")
    for name in [file, name] where TensorBundle.exists(session.readingPath(name)) { return name }
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

  /// How the names of the files of a TensorFlow checkpoint end.
  private static var bundleEnding: Regex<Substring> { /\.(?:index|data-\d{5}-of-\d{5})$/ }

  /// Whether a file is one of a TensorFlow checkpoint by its name.
  func isOfBundle(_ file: String) -> Bool { file.contains(Self.bundleEnding) }

  /// The files of a checkpoint.
  private func parts(of name: String, in session: Session) -> [String] {
    let folder = (name as NSString).deletingLastPathComponent
    let beginning = (name as NSString).lastPathComponent
    return session.names(inFolder: folder.isEmpty ? "." : folder)
      .filter { isOfBundle($0) && $0.replacing(Self.bundleEnding, with: "") == beginning }
      .sorted().map { (folder as NSString).appendingPathComponent($0) }
  }

  /// A checkpoint of the authors' TensorFlow code. It does not tell its task: that is what the data are.
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
