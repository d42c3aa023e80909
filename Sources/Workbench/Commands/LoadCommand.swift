import CommandLanguage
import Figures
import Foundation
import Sessions
import Tasks
import Tensors
import Training
import Wording

/// `load badd.safetensors`
struct LoadCommand: Command {
  static let file = CommandArgument.required(
    "file",
    .fileToRead(
      extensions: ["safetensors", "index", "meta", "npz", "npy"],
      orNameOf: "shipped model"
    ),
    "the checkpoint, or the name of a model that ships"
  )
  static let array = CommandArgument("array", .text, "of a .npy file: the parameter that it is")
  static let changed = CommandArgument(
    "changed",
    .boolean,
    "whether the numbers of a checkpoint may be others than `save` wrote",
    default: false
  )
  static let name = CommandArgument(
    "as",
    .word,
    "the model's name",
    otherwise: "the one it was saved under, or that it ships under"
  )

  static let declaration = CommandDeclaration(
    name: "load",
    summary: "Read a model and its training from a file, or a trained model that ships",
    discussion: """
      The model becomes the current one, and its task the data, so that `train`, `test` and `try` go on \
      where `save` was.

      Some trained models ship with the program and are loaded by their names, from any folder; `show \
      shipped` lists them. A file of the same name in the folder goes before.

      A file names the digest of its numbers, and one whose numbers have another is refused as damaged. `changed=on` \
      takes numbers that another program has changed, for example through Python's package `safetensors` \
      (`save_file(tensors, path, metadata)` with the metadata of the file that was read). They may be of 16, 32 or 64 \
      bits (F16, BF16, F32, F64).

      A checkpoint of the authors' TensorFlow code is read as well: `load DIR/varWeights.ckpt`, which stands for \
      varWeights.ckpt.index and varWeights.ckpt.data-00000-of-00001, with the optimizer's moments and the step; the names \
      of these files, of the `.meta` file beside them, of the file `checkpoint` and of the folder lead there too. It does \
      not tell its task, so `data` comes before it; nor its schedule: `set schedule=` says it.

      Arrays of NumPy become the parameters of the current model, which begins a new training with them: `load NAME.npz` \
      all of them, under their names in `show parameters`, `load NAME.npy array=embedding` one.
      """,
    signature: Signature(positionals: [file], options: [array, changed, name]),
    examples: [
      .init("load badd; try 110101 + 1011", "ask a trained network at once"),
      .init("load badd; test lengths=64,1024 count=4", "measure it, also where it was not trained"),
      .init(
        """
        data badd lengths=8 batch=4; model rse maps=8; train 2; save badd.safetensors
        load badd.safetensors; train 1
        """,
        "goes on with step 3"
      ),
    ],
    category: Category.files
  )

  let arguments: BoundArguments

  init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
  }

  func run(in session: Session) throws -> Value {
    let file = arguments[Self.file]
    guard !arguments.has(Self.array) || ArrayFile(file) != nil else {
      throw arguments.error(on: Self.array, "`array=` is about a .npy file", remedy: "leave it out")
    }
    if !session.isRegularFile(file) || isOfBundle(file) || isList(file, in: session),
      let name = try releasedCheckpoint(file, in: session)
    {
      return try Diagnostic.about(Self.file) {
        let (checkpoint, data) = try self.checkpoint(released: name, in: session)
        return try finish(checkpoint, data, named: nil, in: session)
      }
    }
    if let arrays = ArrayFile(file) { return try load(arrays, in: session) }
    let shipped = session.isRegularFile(file) ? nil : ShippedModel.named(file)
    let bytes: Data
    do {
      if let shipped {
        bytes = try shipped.bytes()
        session.noteReading("\(shipped.name) (shipped)", bytes)
      } else {
        bytes = try session.read(file)
      }
    } catch let error as Diagnostic {
      guard !session.hasFile(file), let remedy = ShippedModel.remedy(insteadOf: file) else {
        throw arguments.error(on: Self.file, error.message, remedy: error.remedy)
      }
      let isName = !file.contains(".")
      let what = isName ? "neither a file nor a shipped model" : "no file"
      throw arguments.error(on: Self.file, "there is \(what) `\(file)`", remedy: remedy)
    }
    let checkpoint: Checkpoint
    let data: any SessionData
    do {
      let content = try TensorFile(parsing: bytes)
      try MemoryEstimate.loading(content).check()
      checkpoint = try Checkpoint(content, acceptsChanges: arguments[Self.changed])
      try remark(checkpoint, content, file, in: session)
      data = try self.data(of: checkpoint, file, isBundled: shipped != nil, in: session)
    } catch let error as Diagnostic {
      guard error.range == nil else { throw error }
      throw arguments.error(on: Self.file, error.message, remedy: error.remedy)
    } catch let error as CheckpointError {
      throw unreadable(file, error)
    } catch let error as TensorFileError {
      throw unreadable(file, error)
    }
    return try finish(checkpoint, data, named: shipped?.name, in: session)
  }

  /// Remarks on what differs from a file that `save` writes.
  private func remark(
    _ checkpoint: Checkpoint,
    _ content: TensorFile,
    _ file: String,
    in session: Session
  ) throws {
    switch checkpoint.integrity {
    case .whole: break
    case .changed: session.emit("\(file): its numbers were changed after `save` wrote them")
    case .unknown:
      try session.remark(
        "\(file): it names no digest of its numbers, so whether they are those that were saved is not known"
      )
    }
    if content.unusedBytes > 0 {
      try session.remark(
        "\(file): bytes that belong to no tensor passed over: \(grouped(content.unusedBytes))"
      )
    }
  }

  /// Makes a checkpoint's model the current one.
  ///
  /// - Parameter shippedName: the name of a bundled model.
  private func finish(
    _ checkpoint: Checkpoint,
    _ data: any SessionData,
    named shippedName: String?,
    in session: Session
  ) throws -> Value {
    let slot = ModelSlot(
      name: arguments[Self.name] ?? shippedName ?? checkpoint.name,
      checkpoint: checkpoint,
      data: data
    )
    let trainer = try Diagnostic.about(Self.file) { try slot.bind(to: data) }
    session.data = data
    session.add(slot)
    session.emit(
      "\(slot.name)  step \(trainer.step)  weights \(trainer.model.digest.short)",
      .arithmetic
    )
    if !checkpoint.hasMoments, shippedName == nil {
      session.emit("the file has no moments: a training goes on with new ones, not bit for bit")
    }
    return .record([
      "name": .text(slot.name), "step": .number(Double(trainer.step)),
      "weights": .text(trainer.model.digest.short),
    ])
  }

  /// Returns the data that a checkpoint was trained on.
  private func data(
    of checkpoint: Checkpoint,
    _ file: String,
    isBundled: Bool,
    in session: Session
  ) throws -> any SessionData {
    guard let family = TaskFamilies.family(ofTask: checkpoint.data.task) else {
      throw arguments.error(
        on: Self.file,
        "`\(file)` was trained on `\(checkpoint.data.task)`, a task this rse does not have",
        remedy: "`help tasks` lists those that it has"
      )
    }
    do {
      return try family.restore(checkpoint, isBundled: isBundled, in: session)
    } catch let error as Diagnostic {
      throw arguments.error(on: Self.file, error.message, remedy: error.remedy)
    }
  }

  private func unreadable(_ file: String, _ error: any Error) -> Diagnostic {
    arguments.error(
      on: Self.file,
      "cannot load `\(file)`: \(error.localizedDescription)",
      remedy: remedy(for: error)
    )
  }

  private func remedy(for error: any Error) -> String {
    switch error as? CheckpointError {
    case .changed: "if they were changed on purpose, add `changed=on`"
    case .notACheckpoint:
      "copy the metadata of the file that `save` wrote; arrays alone are read as .npz"
    default: "`load` reads what `save` has written"
    }
  }
}
