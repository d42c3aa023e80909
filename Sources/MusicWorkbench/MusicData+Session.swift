import CommandLanguage
import Figures
import Sessions
import Tasks
import Training

extension MusicData: SessionData {
  package static var subject: String { "music" }
  package static var choosing: String { "`data notes` or `data musicnet`" }

  package var choice: String? {
    guard case .missing = source else { return ([name] + choiceOptions).joined(separator: " ") }
    return nil
  }

  /// The options that determine a network's input.
  private var choiceOptions: [String] {
    var options: [String] = []
    if let path = form.path { options.append("path=\(path)") }
    options.append("input=\(form.input.rawValue)")
    options.append("window=\(form.window)")
    if form.multiplier > 1 { options.append("multiplier=\(form.multiplier)") }
    return options
  }

  package var alphabetIdentity: String { "" }

  package func alphabetMismatch(of model: String, trainedOn before: any SessionData) -> Diagnostic?
  {
    guard let heard = (try? before.typed(as: MusicData.self))?.form else { return nil }
    let (was, now) =
      heard.input == form.input
      ? ("window=\(heard.window)", "window=\(form.window)")
      : ("input=\(heard.input.rawValue)", "input=\(form.input.rawValue)")
    return Diagnostic(
      "the model `\(model)` hears \(was), and the data have \(now)",
      remedy: "leave out input= and window=: `data` then chooses what the model hears"
    )
  }

  package var lackOfExamples: Diagnostic {
    Diagnostic(
      "there are no examples to train on: the files of the data are missing",
      remedy: "choose data with path="
    )
  }

  package func test(
    _ model: Session.BoundModel,
    _ request: TestRequest,
    in session: Session
  ) throws -> Value {
    try model.checkMemoryOfPass(positions: Trainer.placesPerPass)
    try request.refuseOptionsOfSymbols("`count=` windows are heard")
    try request.refusePredictions()
    return try MusicTest(model: model, data: self, count: request.count).run(in: session)
  }

  package static var comparedLoss: String {
    "that of the training, on the windows of the validation, without smoothing"
  }

  package func compared(
    _ model: Session.BoundModel,
    _ request: ComparisonRequest,
    in session: Session
  ) throws -> ComparedScore {
    let rows = try MusicTest(model: model, data: self, count: request.count).measure(in: session)
    var total = rows.reduce(into: MusicScore()) { $0.add($1.score) }
    let precision = total.averagePrecision.value()
    return ComparedScore(
      [.init(.text("average_precision"), title: "average precision", precision)],
      published: MusicTest.publishedNetworks
    )
  }

  package func checkComparison(
    _ model: Session.BoundModel,
    _ request: ComparisonRequest,
    in session: Session
  ) throws {
    try request.refuseLengths()
    try model.checkMemoryOfPass(positions: Trainer.placesPerPass)
    try MusicTest.check(self)
  }

  package func answer(
    _ question: String,
    from model: Session.BoundModel,
    in session: Session
  ) throws -> Value {
    // A line of text cannot be a question about music.
    throw Diagnostic(
      "this is about \(SymbolData.subject), and the data are `\(name)`",
      remedy: "choose \(SymbolData.choosing)"
    )
  }

  /// The value that `data` returns and `show data` shows.
  package var summary: Record {
    var record: Record = [
      "task": .text(name), "about": .text(about), "window": .number(Double(form.window)),
      "input": .text(form.input.rawValue), "batch": .number(Double(batchSize)),
      "frames": .number(Double(frames)),
    ]
    if form.input == .fourier { record["multiplier"] = .number(Double(form.multiplier)) }
    if let path = form.path {
      record["path"] = .text(path)
      record["split"] = .text(form.split.rawValue)
    }
    if let trainingCount { record["windows"] = .number(Double(trainingCount)) }
    if form.gain > 0 { record["gain"] = .number(form.gain) }
    if form.pitch > 0 { record["pitch"] = .number(form.pitch) }
    if let noise = form.noise { record["noise"] = .number(noise) }
    if form.transpose > 0 { record["transpose"] = .number(Double(form.transpose)) }
    return record
  }
}
