import CommandLanguage
import Training
import Wording

/// `save badd.safetensors`
package struct SaveCommand: Command {
  private static let file = CommandArgument.required(
    "file",
    .fileToWrite(extensions: ["safetensors", "npz", "npy"]),
    "the checkpoint"
  )
  private static let moments = CommandArgument(
    "moments",
    .boolean,
    "whether the optimizer's moments are written, without which a training goes on otherwise",
    default: true
  )
  private static let precision = CommandArgument(
    "precision",
    .choice(Checkpoint.Precision.self),
    "half: two bytes a parameter, without moments, for models that are passed on",
    default: .single
  )
  private static let array = CommandArgument(
    "array",
    .text,
    "of a .npy file: the parameter that is written"
  )
  private static let of = ModelArgument.of

  package static let declaration = CommandDeclaration(
    name: "save",
    summary: "Write the model and its training into a file",
    discussion: """
      The file is in the safetensors layout: parameters, the optimizer's moments, the log, and as metadata \
      the form of the model, the task, the seed, the step and the schedule. `load` goes on from it bit for \
      bit. The file is complete or not there: an older one stays until the new one is written.

      `save NAME.npz` writes the parameters alone, as NumPy reads them, under their names in `show parameters`; \
      `save NAME.npy array=embedding` one of them. `load` reads both back into a model of the same form.
      """,
    signature: Signature(positionals: [file], options: [moments, precision, array, of]),
    examples: [
      .init(
        "data badd lengths=8 batch=4; model rse maps=8; train 2; save badd.safetensors",
        "a training that can be continued"
      ),
      .init(
        "data badd lengths=8; model rse maps=8; save small.safetensors precision=half",
        "a small file to pass on"
      ),
    ],
    category: Category.files
  )

  private let file: String
  private let name: String?
  private let withMoments: Bool
  private let precision: Checkpoint.Precision
  private let arguments: BoundArguments

  package init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
    file = arguments[Self.file]
    name = arguments[Self.of]
    withMoments = arguments[Self.moments]
    precision = arguments[Self.precision]
    if precision == .half, arguments.has(Self.moments), withMoments {
      throw arguments.error(
        on: Self.moments,
        "moments are not written in half precision",
        remedy: "leave out one of moments=on and precision=half"
      )
    }
    guard !arguments.has(Self.array) || ArrayFile(file) != nil else {
      throw arguments.error(on: Self.array, "`array=` is about a .npy file", remedy: "leave it out")
    }
  }

  package func run(in session: Session) throws -> Value {
    var slot = try session.model(named: name)
    if slot.trainer == nil { slot = try session.boundModel(named: name).slot }
    guard let trainer = slot.trainer, let data = slot.data,
      let checkpoint = slot.checkpoint(trainer, data: data)
    else { throw BindingError.notUsedYet(slot.name).diagnostic }
    if let arrays = ArrayFile(file) {
      let foreign: [any DeclaredArgument] = [Self.moments, Self.precision]
      for option in foreign where arguments.has(option) {
        throw arguments.error(
          on: option,
          "`\(option.name)=` is about checkpoints, not about arrays",
          remedy: "leave it out, or name a .safetensors file"
        )
      }
      let count = try arrays.write(
        trainer.model,
        only: arguments[Self.array],
        in: session
      )
      session.emit(
        "\(file)  \(counted(count, "array"))  weights \(trainer.model.digest.short)",
        .arithmetic
      )
      return .record(["file": .text(file), "arrays": .number(Double(count))])
    }
    if precision == .half, !checkpoint.fitsHalfPrecision {
      throw Diagnostic(
        "a parameter of `\(slot.name)` is too large for half precision",
        remedy: "leave out precision=half"
      )
    }
    let content = checkpoint.file(withMoments: withMoments, precision: precision)
    try session.write(to: file) { try content.write(to: $0) }
    // In half precision the file's weights differ from the model's.
    let weights =
      try precision == .single
      ? trainer.model.digest.short : checkpoint.digest(ofWeightsIn: content).short
    session.emit("\(file)  step \(trainer.step)  weights \(weights)", .arithmetic)
    return .record([
      "file": .text(file), "step": .number(Double(trainer.step)),
      "weights": .text(weights),
    ])
  }
}
