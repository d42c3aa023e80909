import CommandLanguage
import Training

/// `save badd.safetensors`
struct SaveCommand: Command {
  static let declaration = CommandDeclaration(
    name: "save",
    summary: "Write the model and its training into a file",
    discussion: """
      The file is in the safetensors layout: parameters, the optimizer's moments, the log, and as metadata \
      the form of the model, the task, the seed, the step and the schedule. `load` goes on from it bit for \
      bit. The file is complete or not there: an older one stays until the new one is written.
      """,
    signature: Signature(
      positionals: [
        .required("file", .fileToWrite(extensions: ["safetensors"]), "the checkpoint")
      ],
      options: [.optional("of", .name(of: "model"), "the model", default: "the current one")]
    ),
    examples: [
      .init(
        "data badd lengths=8 batch=4; model rse maps=8; train 2; save badd.safetensors",
        "a training that can be continued"
      )
    ],
    category: Category.files
  )

  private let file: String
  private let name: String?

  init(_ arguments: BoundArguments) throws {
    file = try arguments.text("file")
    name = arguments.optionalText("of")
  }

  func run(in session: Session) throws -> Value {
    var slot = try session.model(named: name)
    if slot.trainer == nil { slot = try session.boundModel(named: name).slot }
    guard let trainer = slot.trainer, let spec = slot.spec, let data = slot.data else {
      throw BindingError.notUsedYet(slot.name).diagnostic
    }
    let checkpoint = Checkpoint(
      trainer,
      named: slot.name,
      spec: spec,
      data: Checkpoint.DataDescription(
        task: data.task.name,
        bins: data.bins,
        batchSize: data.batchSize
      )
    )
    try session.write([UInt8](checkpoint.encoded()), to: file)
    session.printResult("\(file)  step \(trainer.step)  weights \(trainer.model.digest.short)")
    return .record([
      "file": .text(file), "step": .number(Double(trainer.step)),
      "weights": .text(trainer.model.digest.short),
    ])
  }
}
