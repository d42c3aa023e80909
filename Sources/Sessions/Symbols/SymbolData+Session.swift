import CommandLanguage
import Tasks
import Tensors
import Training

extension SymbolData: SessionData {
  package static var subject: String { "tasks of symbols" }
  package static var choosing: String { "a task such as `data badd`" }

  package var choice: String? { task.choice }
  package var alphabetIdentity: String { task.alphabetIdentity }

  package var lackOfExamples: Diagnostic {
    if choice != nil {
      return Diagnostic(
        "there are no examples to train on: all are held out",
        remedy: "choose the data with a smaller share, such as held-out=0.1, or with test=FILE"
      )
    }
    return Diagnostic(
      "there are no examples to train on: the files of the data are missing",
      remedy: "choose data with `data file=…`"
    )
  }

  package var summary: Record {
    var record: Record = [
      "task": .text(task.name), "about": .text(task.summary), "lengths": .integers(bins),
      "batch": .number(Double(batchSize)), "input_symbols": .number(Double(task.inputSymbols)),
      "output_symbols": .number(Double(task.outputSymbols)),
    ]
    if options.padding != .end { record["padding"] = .text(options.padding.rawValue) }
    if let count = options.count { record["count"] = .number(Double(count)) }
    if options.hard > 0 { record["hard"] = .number(options.hard) }
    for (name, fact) in task.facts {
      switch fact {
      case .text(let text): record[name] = .text(text)
      case .number(let number): record[name] = .number(Double(number))
      }
    }
    return record
  }

  package func answer(
    _ question: String,
    from model: Session.BoundModel,
    in session: Session
  ) throws -> Value {
    let question = try Question(question, of: self)
    let length = question.length
    try MemoryEstimate.forward(model.trainer.model, length: Double(length), positions: length)
      .check()
    let start = ContinuousClock.now
    let output = try Evaluation(
      model: model.trainer.model,
      monitor: session.monitor { pass in
        WorkProgress(
          activity: "try",
          done: pass.done,
          total: pass.total,
          unit: "layers",
          seconds: start.secondsAgo,
          detail: "length \(length)"
        )
      }
    ).predictions(for: [question.input], length: length)[0]
    return .record(question.tell(output, in: session))
  }
}
