import Audio
import CommandLanguage
import Figures
import Foundation
import Sessions
import Tasks
import Tensors
import Training

extension PerformanceData: SessionData {
  package static var subject: String { "performances" }
  package static var choosing: String { "`data performances`" }

  package var choice: String? {
    if case .missing = source { return nil }
    let path = form.path.map { ["path=\($0)"] } ?? []
    return
      ([name] + path + ["input=\(form.input.rawValue)", "window=\(form.window)"])
      .joined(separator: " ")
  }

  package var alphabetIdentity: String { "" }

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
    try model.checkMemoryOfPass(positions: Trainer.framesPerPass)
    try request.refuseOptionsOfSymbols("`count=` windows are heard")
    try request.refusePredictions()
    return try PerformanceTest(model: model, data: self).run(count: request.count, in: session)
  }

  package static var comparedLoss: String {
    "that of the training, on the windows of the validation"
  }

  package func compared(
    _ model: Session.BoundModel,
    _ request: ComparisonRequest,
    in session: Session
  ) throws -> ComparedScore {
    let score = try PerformanceTest(model: model, data: self).windows(
      count: request.count,
      seed: request.seed,
      in: session
    )
    return ComparedScore([.init(.text("onset_f1"), title: "onset F1", score.f1)])
  }

  package func checkComparison(
    _ model: Session.BoundModel,
    _ request: ComparisonRequest,
    in session: Session
  ) throws {
    try request.refuseLengths()
    try model.checkMemoryOfPass(positions: Trainer.framesPerPass)
    try PerformanceTest.check(self)
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
      "frames": .number(Double(form.frames)),
    ]
    if let path = form.path { record["path"] = .text(path) }
    if form.gain > 0 { record["gain"] = .number(form.gain) }
    if form.pitch > 0 { record["pitch"] = .number(form.pitch) }
    if let noise = form.noise { record["noise"] = .number(noise) }
    if form.transpose > 0 { record["transpose"] = .number(Double(form.transpose)) }
    if let lead = form.lead { record["lead"] = .number(lead) }
    return record
  }

  /// Shows windows of the next training step's batch, with the notes that begin in them.
  package func showBatch(_ request: BatchRequest, in session: Session) throws -> Value {
    let batch = try trainingBatch(step: request.step, source: request.source) {
      try session.checkInterruption()
    }
    let targets = batch.targets(of: PlayingTargets.self)
    session.emit(
      String(
        format: "step %d: %d windows of %d samples, %.3f s",
        request.step,
        targets.windows,
        form.window,
        Double(form.window) / Double(MusicForm.rate)
      )
    )
    var rows: [Value] = []
    for window in 0..<min(request.count, targets.windows) {
      let notes = onsets(in: window, of: targets)
      session.emit("  " + (notes.isEmpty ? "no onset" : notes.joined(separator: " ")), .arithmetic)
      rows.append(.record(["onsets": .texts(notes)]))
    }
    return .record(["step": .number(Double(request.step)), "examples": .list(rows)])
  }

  /// Returns the names of the notes that begin in a window, in chronological order.
  private func onsets(in window: Int, of targets: PlayingTargets) -> [String] {
    func nearness(_ key: Int, _ frame: Int) -> Float {
      guard (0..<targets.frames).contains(frame) else { return 0 }
      let row = (window * targets.frames + frame) * PlayingRow.count
      return targets.values[row + PlayingRow.index(key, .onset)]
    }
    return (0..<targets.frames).flatMap { frame in
      (0..<PianoKeys.count).filter { key in
        let here = nearness(key, frame)
        return here > 0.5 && here >= nearness(key, frame - 1) && here > nearness(key, frame + 1)
      }.map { Pitch.name(PianoKeys.lowest + $0) }
    }
  }
}
