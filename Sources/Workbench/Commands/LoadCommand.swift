import CommandLanguage
import Foundation
import Tasks
import Tensors
import Training

/// `load badd.safetensors`
struct LoadCommand: Command {
  static let declaration = CommandDeclaration(
    name: "load",
    summary: "Read a model and its training from a file that `save` wrote",
    discussion: """
      The model becomes the current one, and its task the data, so that `train`, `test` and `try` go on \
      where `save` was.
      """,
    signature: Signature(
      positionals: [
        .required("file", .fileToRead(extensions: ["safetensors"]), "the checkpoint")
      ],
      options: [.optional("as", .word, "the model's name", default: "the one it was saved under")]
    ),
    examples: [
      .init(
        """
        data badd lengths=8 batch=4; model rse maps=8; train 2; save badd.safetensors
        load badd.safetensors; train 1
        """,
        "goes on with step 3"
      )
    ],
    category: Category.files
  )

  private let arguments: BoundArguments

  init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
  }

  func run(in session: Session) throws -> Value {
    let file = try arguments.text("file")
    let bytes: Data
    do {
      bytes = try session.read(file)
    } catch {
      throw arguments.error(on: "file", error.message, remedy: error.remedy)
    }
    let checkpoint: Checkpoint
    do {
      checkpoint = try Checkpoint(parsing: bytes)
    } catch {
      throw arguments.error(
        on: "file",
        "cannot load `\(file)`: \(error.localizedDescription)",
        remedy: "`load` reads what `save` has written"
      )
    }
    let data = try data(of: checkpoint, file, in: session)
    let slot = ModelSlot(
      name: arguments.optionalText("as") ?? checkpoint.name,
      checkpoint: checkpoint,
      data: data
    )
    let trainer: Trainer
    do {
      trainer = try slot.bind(to: data)
    } catch {
      throw arguments.error(on: "file", error.message, remedy: error.remedy)
    }
    session.data = data
    session.add(slot)
    session.printResult("\(slot.name)  step \(trainer.step)  weights \(trainer.model.digest.short)")
    if !checkpoint.hasMoments {
      session.print("the file has no moments: a training goes on with new ones, not bit for bit")
    }
    return .record([
      "name": .text(slot.name), "step": .number(Double(trainer.step)),
      "weights": .text(trainer.model.digest.short),
    ])
  }

  /// The data that a checkpoint was trained on.
  private func data(
    of checkpoint: Checkpoint,
    _ file: String,
    in session: Session
  ) throws -> SymbolData {
    let (bins, batchSize) = (checkpoint.data.bins, checkpoint.data.batchSize)
    if let pairs = checkpoint.data.pairs {
      do {
        let task = try PairData.task(pairs, in: session)
        return try SymbolData.make(
          task: task,
          bins: bins,
          batchSize: batchSize,
          options: checkpoint.data.options
        )
      } catch let diagnostic as Diagnostic {
        session.note("the model can be asked, but not trained: \(diagnostic.message)")
        return SymbolData(withoutExamplesOf: PairTask(pairs), bins: bins, batchSize: batchSize)
      }
    }
    let description = checkpoint.data
    let task: any GeneratedTask
    do {
      task = try TaskCatalog.task(named: description.task, symbols: description.alphabet)
    } catch {
      throw arguments.error(
        on: "file",
        "`\(file)` was trained on `\(description.task)`, a task this rse does not have",
        remedy: "`help tasks` lists those that it has"
      )
    }
    do {
      return try SymbolData.make(
        task: task,
        bins: bins,
        batchSize: batchSize,
        options: description.options
      )
    } catch {
      throw arguments.error(on: "file", error.message, remedy: error.remedy)
    }
  }
}
