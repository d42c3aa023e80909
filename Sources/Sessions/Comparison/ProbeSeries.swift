import Autograd
import CommandLanguage
import Networks
import Tasks
import Training
import Wording

/// Measures several models at growing lengths, and tells how far it is.
package struct ProbeSeries {
  package let pass: CostProbe.Pass
  /// The last length; nil for no such end.
  package let longest: Int?

  package init(
    pass: CostProbe.Pass,
    longest: Int?
  ) {
    self.pass = pass
    self.longest = longest
  }

  /// One measured model.
  package struct Row {
    package let slot: ModelSlot
    package let model: any SequenceModel
    package let points: [CostProbe.Point]
  }

  /// The option that ends the measurements early.
  ///
  /// - Parameter owner: what it belongs to, with which its summary begins.
  package static func longestOption(_ owner: String = "") -> CommandArgument<Int?> {
    CommandArgument(
      "longest",
      .powerOfTwo(in: 4...1 << 21),
      "\(owner)the longest length that is measured",
      unit: "symbols",
      otherwise: "as far as a step takes about two seconds"
    )
  }

  /// What was measured.
  package struct Measured {
    package fileprivate(set) var rows: [Row] = []
    /// Whether it was stopped before it was complete.
    package fileprivate(set) var isCut = false
  }

  /// Measures the models on copies with weights of their own.
  ///
  /// - Parameter largest: bytes that a pass may take.
  /// - Throws: `Interrupted` if it is stopped before the first measurement; a diagnostic if a copy does not fit the
  ///   memory.
  package func run(
    _ models: some Sequence<(ModelSlot, ModelSpec)>,
    largest: Double,
    in session: Session
  ) throws -> Measured {
    let models = Array(models)
    let start = ContinuousClock.now
    var measured = Measured()
    for (index, model) in models.enumerated() {
      let (slot, spec) = model
      try MemoryEstimate.model(spec).check()
      let probe = CostProbe(spec, settings: slot.request.settings)
      var length = 0
      func progress(_ share: Double) -> WorkProgress {
        WorkProgress(
          activity: "measure",
          done: index,
          total: models.count,
          unit: "models",
          seconds: start.secondsAgo,
          detail: "\(slot.name), length \(grouped(length))"
        )
      }
      var points: [CostProbe.Point] = []
      do {
        try probe.measure(
          pass,
          longest: longest,
          largest: largest,
          monitor: session.monitor { progress($0.share) },
          observer: {
            length = $0
            session.emit(progress(0))
          },
          found: { points.append($0) }
        )
      } catch let interruption as Interrupted {
        if !points.isEmpty {
          measured.rows.append(Row(slot: slot, model: probe.model, points: points))
        }
        guard !measured.rows.isEmpty else { throw interruption }
        measured.isCut = true
        return measured
      }
      measured.rows.append(Row(slot: slot, model: probe.model, points: points))
    }
    return measured
  }
}

extension ModelSlot {
  /// The form that a copy of the model has for the session's data, or has had since it was trained.
  package func probedSpec(in session: Session) throws(Diagnostic) -> ModelSpec {
    if let spec, trainer?.step ?? 0 > 0 {
      guard spec.input == .symbols else {
        throw Diagnostic(
          "this is about \(SymbolData.subject), and the model `\(name)` reads something else",
          remedy: "choose \(SymbolData.choosing)"
        )
      }
      return spec
    }
    guard let data = session.data else { throw BindingError.noData.diagnostic }
    return try request.spec(for: data.typed(as: SymbolData.self))
  }
}
