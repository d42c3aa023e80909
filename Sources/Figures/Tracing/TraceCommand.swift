import CommandLanguage
import Networks
import Sessions
import Tasks
import Training
import Wording

/// `trace 3 1 4 1 5`
package struct TraceCommand: Command {
  private static let question = Signature.RawTail(
    "question",
    "in the form of the task, such as 3 1 2 for rev"
  )
  private static let quiet = CommandArgument(
    "quiet",
    .boolean,
    "whether only the summary is shown",
    default: false
  )

  package static let declaration = CommandDeclaration(
    name: "trace",
    summary: "Show layer by layer what the network does with a question",
    discussion: """
      The question is written as for `try`. Of each layer it tells by how much it changes each position: the \
      distance of what leaves the layer from what came to it, in percent of the size of what came. \
      The row `input` has the symbol of the question at each position. \
      `plot trace`, `plot activations` and `plot network` draw it.

      Up to length \(Tracer.longestInfluence) it finds out, too, what each symbol has an influence on. In turn every \
      symbol becomes another one that the question has, and the network is run again: once with the mean and the \
      variance of its norms held as they were, so that a symbol reaches no more than the wiring lets it, and once as \
      it is. `reach` is the number of positions that a symbol reaches by the wiring; what the second run adds is \
      carried by the norm's statistics, which with `norm=positions` join all positions.

      For `id`, `rev`, `rev2` and `shuffle`, which move symbols alike whatever they are, it compares the network with a \
      route of the looping algorithm: does the influence of a symbol go where the switches would send it? The route \
      is one of many, and a network that has learned nothing agrees with it where it goes straight.

      Networks without switches show changes and reach. Tracing changes nothing in the training.
      """,
    signature: Signature(rawTail: question, options: [quiet]),
    examples: [
      .init("data rev lengths=8; model rse maps=8; trace 1 2 3 4 5 6 7 8", "an untrained network"),
      .init(
        """
        data rev lengths=4; model rse maps=4 blocks=1
        let t = trace 3 1 2 4 quiet=on
        assert $t.reach[1] == 2 and $t.reach[2] == 4
        """,
        "how far a symbol reaches"
      ),
    ],
    category: Category.models
  )

  /// The maximum number of values of all states in a trace: 512 MB.
  private static let mostValues = 1 << 27

  private let arguments: BoundArguments

  package init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
  }

  package func run(in session: Session) throws -> Value {
    let model = try session.boundModel()
    let question: Question
    do {
      question = try Question(arguments.raw, of: model.data.typed())
    } catch let error as QuestionError {
      throw arguments.error(on: Self.question, error.message, remedy: error.remedy)
    }
    let length = question.length
    let network = model.trainer.model
    guard let spec = model.slot.spec else { throw BindingError.noData.diagnostic }
    let layers = network.depth(levels: length.trailingZeroBitCount).layers
    guard length <= Tracer.longest, (layers + 1) * length * spec.maps <= Self.mostValues else {
      throw arguments.error(
        on: Self.question,
        "a question of \(question.input.count) symbols is too long to trace",
        remedy: "ask a shorter one, of at most \(Tracer.longest) symbols, or use fewer maps="
      )
    }
    try MemoryEstimate.forward(network, length: Double(length), positions: length).check()
    let trace = try trace(network, question, symbols: spec.inputSymbols, in: session)
    let answer = question.tell(trace.output, in: session)
    let symbols = trace.input.map(question.task.inputName)
    let report = TraceReport(
      trace,
      names: symbols,
      permutation: SwitchUse.permutation(
        of: question.task,
        count: question.input.count,
        length: length
      ),
      symbols: question.input.count
    )
    session.emit("length \(length), \(counted(trace.layers, "layer"))")
    if !arguments[Self.quiet] { report.table.forEach { session.emit($0, .arithmetic) } }
    report.wiringLines.forEach { session.emit($0) }
    report.summaryLines.forEach { session.emit($0, .arithmetic) }
    if trace.columns.isEmpty {
      session.emit(
        "`\(spec.network.rawValue)` has no switches: there is no wiring to follow and no route to compare"
      )
    }
    if trace.influence == nil {
      session.emit(
        "what symbols have an influence on is found up to length \(Tracer.longestInfluence)"
      )
    }
    model.slot.lastTrace = TracedQuestion(
      trace: trace,
      text: question.task.question(question.input),
      symbols: symbols,
      step: model.trainer.step,
      task: question.task.name,
      joinsPositions: trace.influence?.shared.isEmpty == false
    )
    var record = answer
    for field in report.record.fields { record[field.name] = field.value }
    return .record(record)
  }

  private func trace(
    _ network: any SequenceModel,
    _ question: Question,
    symbols: Int,
    in session: Session
  ) throws -> NetworkTrace {
    let start = ContinuousClock.now
    return try Tracer(
      network,
      input: question.input,
      length: question.length,
      symbols: symbols,
      progress: { done, total in
        session.emit(
          WorkProgress(
            activity: "trace",
            done: done,
            total: total,
            unit: "layers",
            seconds: start.secondsAgo,
            detail: "length \(question.length)"
          )
        )
        try session.checkInterruption()
      }
    ).trace()
  }
}
