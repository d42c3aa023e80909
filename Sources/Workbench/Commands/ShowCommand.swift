import CommandLanguage
import Foundation
import Networks
import Tensors

/// `show model`
struct ShowCommand: Command {
  static let declaration = CommandDeclaration(
    name: "show",
    summary: "Show what there is: the model, the data, variables, the environment",
    discussion: """
      model - the form of the model and its layers at the largest length of the data.

      models - all models, the current one marked.

      data - the task, its lengths and alphabets.

      parameters - every array with its shape.

      variables - the values that `let` and `param` bound.

      environment - what results depend on.

      speed - steps per second of the last `train`, the speed of its matrix products, and the share that is of \
      what `sgemm` reaches on this machine's processors, measured now.
      """,
    signature: Signature(
      positionals: [
        .required(
          "what",
          .choice(["model", "models", "data", "parameters", "variables", "environment", "speed"]),
          "what is shown"
        )
      ],
      options: [
        .optional(
          "of",
          .name(of: "model"),
          "the model, for model and parameters",
          default: "the current one"
        )
      ]
    ),
    examples: [
      .init("data badd; model rse maps=96; show model", "742,756 parameters"),
      .init("show environment", "program, kernels, BLAS, threads"),
      .init("data badd lengths=8; model rse maps=8; train 3; show speed", "how fast it was"),
    ],
    category: Category.looking
  )

  private let what: String
  private let name: String?

  init(_ arguments: BoundArguments) throws {
    what = try arguments.text("what")
    name = arguments.optionalText("of")
  }

  func run(in session: Session) throws -> Value {
    switch what {
    case "model": return try showModel(in: session)
    case "parameters": return try showParameters(in: session)
    case "models": return showModels(in: session)
    case "data":
      guard let data = session.data else { throw BindingError.noData.diagnostic }
      session.print(Value.record(data.summary).description)
      return .record(data.summary)
    case "variables":
      for name in session.evaluator.variables.names {
        guard let value = session.evaluator.variables[name] else { continue }
        session.print("\(name) = \(value.description)")
      }
      return .nothing
    case "speed": return try showSpeed(in: session)
    default:
      session.note(ProgramEnvironment.line)
      for fact in ProgramEnvironment.facts { session.note("\(fact.key): \(fact.value)") }
      session.note("folder: \(session.folder)")
      return .nothing
    }
  }

  private func showSpeed(in session: Session) throws -> Value {
    guard let training = session.lastTraining else {
      throw Diagnostic("nothing was trained in this session", remedy: "`train 100` first")
    }
    let peak = ProductPeak.sgemm()
    session.note(
      String(
        format: "%@: %d steps in %.1f s, %.2f steps/s",
        training.model,
        training.steps,
        training.seconds,
        training.stepsPerSecond
      )
    )
    session.note(
      String(
        format:
          "matrix products %.0f GFLOP/s, %.0f %% of sgemm's %.0f on %d thread%@",
        training.gigaflops,
        100 * training.gigaflops / peak,
        peak,
        WorkerPool.shared.threads,
        WorkerPool.shared.threads == 1 ? "" : "s"
      )
    )
    session.note("\(kernelName) kernels, \(BLAS.name)")
    return .record([
      "steps_per_second": .number(training.stepsPerSecond), "gflops": .number(training.gigaflops),
      "peak_gflops": .number(peak), "share": .number(training.gigaflops / peak),
    ])
  }

  private func showModel(in session: Session) throws -> Value {
    let model = try session.boundModel(named: name)
    guard let spec = model.slot.spec else { return .nothing }
    let settings = model.trainer.settings
    let length = model.data.bins.last ?? 4
    let layers = spec.switchLayers(levels: length.trailingZeroBitCount)
    session.print(
      """
      \(model.slot.name): \(grouped(spec.parameterCount)) parameters, \(layers) switch layers at \
      length \(length)
      """
    )
    session.print(
      """
      \(spec.maps) maps, \(spec.blocks) Beneš block\(spec.blocks == 1 ? "" : "s"), tying \
      \(spec.tying.rawValue), norm over \(spec.norm.rawValue), \(spec.inputSymbols) input and \
      \(spec.outputSymbols) output symbols
      """
    )
    session.print(
      """
      seed \(settings.seed), step \(model.trainer.step) of a schedule of \(settings.schedule.steps), \
      highest rate \(NumberFormat.short(settings.schedule.rate)), keep \
      \(NumberFormat.short(Double(settings.keep)))
      """
    )
    return .record([
      "name": .text(model.slot.name), "parameters": .number(Double(spec.parameterCount)),
      "layers": .number(Double(layers)), "step": .number(Double(model.trainer.step)),
    ])
  }

  private func showParameters(in session: Session) throws -> Value {
    let model = try session.boundModel(named: name)
    let parameters = model.trainer.model.parameters
    let width = parameters.map(\.name.count).max() ?? 0
    for (name, parameter) in parameters {
      let padded = name.padding(toLength: width, withPad: " ", startingAt: 0)
      session.print("\(padded)  \(parameter.value.shape)")
    }
    return .number(Double(model.trainer.model.parameterCount))
  }

  private func showModels(in session: Session) -> Value {
    for slot in session.models {
      let mark = slot === session.currentModel ? "*" : " "
      let parameters = slot.spec.map { ", \(grouped($0.parameterCount)) parameters" } ?? ""
      session.print(
        """
        \(mark) \(slot.name): rse, \(slot.request.maps) maps\(parameters), step \
        \(slot.trainer?.step ?? 0)
        """
      )
    }
    return .texts(session.models.map(\.name))
  }
}
