import CommandLanguage
import Foundation
import Training

/// `train 500`
package struct TrainCommand: Command {
  private static let steps = CommandArgument.required(
    "steps",
    .integer(in: 1...1_000_000_000),
    "how many steps",
    unit: "steps"
  )
  private static let memory = CommandArgument(
    "memory",
    .choice(StepMemory.self),
    "low: computes more again and keeps less; the weights become the same bits",
    default: .usual
  )
  private static let checkpoint = CommandArgument(
    "checkpoint",
    .interval(in: 1...1_000_000_000),
    "how often the state is written into a file",
    unit: "steps"
  )
  private static let keep = CommandArgument(
    "keep",
    .integer(in: 1...1_000_000),
    "how many of these files stay",
    default: 3
  )
  private static let to = CommandArgument(
    "to",
    .directory,
    "the folder of these files",
    default: "checkpoints"
  )
  private static let validate = CommandArgument(
    "validate",
    .interval(in: 1...1_000_000_000),
    "how often the model is measured on held-out examples",
    unit: "steps"
  )
  private static let count = CommandArgument(
    "count",
    .integer(in: 1...1_000_000),
    "examples of each length in a validation",
    default: 256
  )
  private static let keepBest = CommandArgument(
    "keep-best",
    .boolean,
    "whether the model goes back to its best validation",
    default: false
  )
  private static let patience = CommandArgument(
    "patience",
    .integer(in: 1...1_000_000),
    "validations without a better one after which training ends"
  )
  private static let log = CommandArgument(
    "log",
    .fileToWrite(extensions: ["csv"]),
    "a table of all steps, written as they are done"
  )
  private static let of = ModelArgument.of

  package static let declaration = CommandDeclaration(
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

      `log=run.csv` writes step, loss, accuracy, learning rate and seconds of each step, so that other programs can follow the \
      training; the file is complete up to a second ago. `show log` gives the steps so far as a table.

      A loss or a gradient that is not finite ends the training before it reaches the parameters: they stay as they \
      were after the last whole step, and the message names it and the last checkpoint. A rate that is too high is the \
      usual reason; `set rate=0.0005` lowers it. `set clipping=on` limits the gradient of each parameter to three times \
      the root of its second moments, summed, plus 0.01, as the original does for `rse`; `set clipping=off` ends that.
      """,
    signature: Signature(
      positionals: [steps],
      options: [memory, checkpoint, keep, to, validate, count, keepBest, patience, log, of]
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
      .init(
        """
        data badd lengths=8 batch=4; model rse maps=8
        train 3 log=run.csv
        let t = read run.csv
        $t.step
        """,
        "the steps as a table"
      ),
    ],
    category: Category.models
  )

  private let steps: Int
  private let arguments: BoundArguments

  package init(_ arguments: BoundArguments) throws {
    steps = arguments[Self.steps]
    self.arguments = arguments
    let owners: [(option: any DeclaredArgument, owner: CommandArgument<Int?>)] = [
      (Self.keep, Self.checkpoint), (Self.to, Self.checkpoint), (Self.count, Self.validate),
      (Self.keepBest, Self.validate), (Self.patience, Self.validate),
    ]
    for (option, owner) in owners where arguments.has(option) && !arguments.has(owner) {
      throw arguments.error(
        on: option,
        "`\(option.name)=` goes with `\(owner.name)=`, which is missing",
        remedy: "for example \(owner.name)=every 500"
      )
    }
  }

  private var checkpoints: CheckpointKeeper.Request? {
    arguments[Self.checkpoint].map {
      CheckpointKeeper.Request(
        interval: $0,
        kept: arguments[Self.keep],
        folder: arguments[Self.to]
      )
    }
  }

  private var validations: ValidationWatch.Request? {
    arguments[Self.validate].map {
      ValidationWatch.Request(
        interval: $0,
        count: arguments[Self.count],
        keepsBest: arguments[Self.keepBest],
        patience: arguments[Self.patience]
      )
    }
  }

  package func run(in session: Session) throws -> Value {
    let name = arguments[Self.of]
    let memory = arguments[Self.memory]
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
        on: Self.memory,
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
      validations: validations,
      log: arguments[Self.log]
    )
    do {
      return try run.run()
    } catch is Interrupted {
      throw Interrupted(done: run.done > 0 ? statement(steps: run.done, memory, name) : nil)
    }
  }

  /// Returns a statement that trains for a number of steps, and otherwise like this one.
  private func statement(steps: Int, _ memory: StepMemory, _ name: String?) -> String {
    var text = "train \(steps)"
    if memory != .usual { text += " memory=\(memory.rawValue)" }
    if let name { text += " of=\(name)" }
    return text
  }
}
