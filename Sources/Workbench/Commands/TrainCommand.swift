import CommandLanguage
import Foundation
import Training

/// `train 500`
struct TrainCommand: Command {
  static let declaration = CommandDeclaration(
    name: "train",
    summary: "Train the model for a number of steps",
    discussion: """
      The last line tells the step reached, loss and accuracy as means over the last 100 steps of this \
      `train` (fewer if it has fewer), and a digest of all weights. Training in parts, also over `save` \
      and `load`, gives the same weights as training at once. Ctrl-C stops after the last complete step.

      Long sequences need memory for what the backward pass wants back. With `memory=low` only about √L of the \
      L layers keep their input, and a step takes up to half as long again. `show speed` tells how fast it was.

      `checkpoint=every 500` writes the state into files while the training goes on, each complete or not there; \
      `load` continues from one bit for bit, and `rse resume FILE` a notebook that was cut off. \
      `validate=every 500` measures the model on examples that training never sees; with `keep-best=on` the model \
      goes back to the state of its best validation at the end.

      A loss or a gradient that is not finite ends the training before it reaches the parameters: they stay as they \
      were after the last whole step, and the message names it and the last checkpoint. A rate that is too high is the \
      usual reason; `set rate=0.0005` lowers it. `set clipping=on` limits the gradient of each parameter to three times \
      the root of its second moments, summed, plus 0.01, as the original does for `rse`; `set clipping=off` ends that.
      """,
    signature: Signature(
      positionals: [
        .required("steps", .integer(.from(1, through: 1e9)), "how many steps", unit: "steps")
      ],
      options: [
        .optional(
          "memory",
          .choice(StepMemory.allCases.map(\.rawValue)),
          "low: computes more again and keeps less; the weights become the same bits",
          default: "usual"
        ),
        .optional(
          "checkpoint",
          .interval(.from(1, through: 1e9)),
          "how often the state is written into a file",
          unit: "steps"
        ),
        .optional(
          "keep",
          .integer(.from(1, through: 1e6)),
          "how many of these files stay",
          default: "3"
        ),
        .optional("to", .directory, "the folder of these files", default: "checkpoints"),
        .optional(
          "validate",
          .interval(.from(1, through: 1e9)),
          "how often the model is measured on held-out examples",
          unit: "steps"
        ),
        .optional(
          "count",
          .integer(.from(1, through: 1e6)),
          "examples of each length in a validation",
          default: "256"
        ),
        .optional(
          "keep-best",
          .boolean,
          "whether the model goes back to its best validation",
          default: "off"
        ),
        .optional(
          "patience",
          .integer(.from(1, through: 1e6)),
          "validations without a better one after which training ends"
        ),
        .optional("of", .name(of: "model"), "the model", default: "the current one"),
      ]
    ),
    examples: [
      .init(
        "data badd lengths=8 batch=4; model rse maps=8; train 5",
        "five steps of a small model"
      ),
      .init(
        "data badd lengths=2048 batch=1; model rse maps=8; train 1 memory=low",
        "long sequences in little memory"
      ),
      .init(
        "data badd lengths=8 batch=4; model rse maps=8\ntrain 6 checkpoint=every 2 keep=1 to=states",
        "leave the newest state in a file"
      ),
      .init(
        "data badd lengths=8 batch=4; model rse maps=8\ntrain 8 validate=every 2 keep-best=on patience=2",
        "stop when held-out examples get no better"
      ),
    ],
    category: Category.models
  )

  private let steps: Int
  private let arguments: BoundArguments

  init(_ arguments: BoundArguments) throws {
    steps = try arguments.integer("steps")
    self.arguments = arguments
    for (name, owner) in [
      ("keep", "checkpoint"), ("to", "checkpoint"), ("count", "validate"),
      ("keep-best", "validate"),
      ("patience", "validate"),
    ] where arguments.has(name) && !arguments.has(owner) {
      throw arguments.error(
        on: name,
        "`\(name)=` goes with `\(owner)=`, which is missing",
        remedy: "for example \(owner)=every 500"
      )
    }
  }

  private var checkpoints: CheckpointKeeper.Request? {
    arguments.optionalInteger("checkpoint").map {
      CheckpointKeeper.Request(
        interval: $0,
        kept: arguments.optionalInteger("keep") ?? 3,
        folder: arguments.optionalText("to") ?? "checkpoints"
      )
    }
  }

  private var validations: ValidationWatch.Request? {
    arguments.optionalInteger("validate").map {
      ValidationWatch.Request(
        interval: $0,
        count: arguments.optionalInteger("count") ?? 256,
        keepsBest: arguments.optionalBoolean("keep-best") ?? false,
        patience: arguments.optionalInteger("patience")
      )
    }
  }

  func run(in session: Session) throws -> Value {
    let name = arguments.optionalText("of")
    let memory = arguments.optionalText("memory").flatMap(StepMemory.init) ?? .usual
    let keepsBest = validations?.keepsBest ?? false
    let work: MemoryEstimate.Work = { model, data in
      .training(
        model,
        bins: data.bins,
        batchSize: data.batchSize,
        memory: memory,
        keepsBest: keepsBest
      )
    }
    let model = try session.boundModel(named: name, for: work)
    guard model.data.hasExamples else {
      throw model.data.lackOfExamples
    }
    guard memory == .usual || model.trainer.model.hasLowMemory else {
      throw arguments.error(
        on: "memory",
        "the layers of `\(model.slot.request.form.network.rawValue)` need each other's inputs",
        remedy: "leave out memory=low"
      )
    }
    let estimate = work(model.trainer.model, model.data)
    try estimate?.check()
    estimate?.tell(session)
    let run = TrainingRun(
      session: session,
      model: model,
      steps: steps,
      memory: memory,
      checkpoints: checkpoints,
      validations: validations
    )
    do {
      return try run.run()
    } catch is Interrupted {
      throw Interrupted(done: run.done > 0 ? statement(steps: run.done, memory, name) : nil)
    }
  }

  /// The statement that trains for so many steps as this one would.
  private func statement(steps: Int, _ memory: StepMemory, _ name: String?) -> String {
    var text = "train \(steps)"
    if memory != .usual { text += " memory=\(memory.rawValue)" }
    if let name { text += " of=\(name)" }
    return text
  }
}
