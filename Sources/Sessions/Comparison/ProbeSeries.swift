import Autograd
import CommandLanguage
import Networks
import Tasks
import Training
import Wording

/// A series of measurements of several models at increasing lengths.
package struct ProbeSeries {
  package let pass: CostProbe.Pass
  /// The last length; nil for no limit.
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

  /// Returns the option that limits the measured lengths.
  ///
  /// - Parameter owner: the option's owner, which begins its summary.
  package static func longestOption(_ owner: String = "") -> CommandArgument<Int?> {
    CommandArgument(
      "longest",
      .powerOfTwo(in: 4...1 << 21),
      "\(owner)the longest length that is measured",
      unit: "symbols",
      otherwise: "as far as a step takes about two seconds"
    )
  }

  /// The results of the measurements.
  package struct Measured {
    package fileprivate(set) var rows: [Row] = []
    /// True if the measurements were interrupted.
    package fileprivate(set) var isCut = false
  }

  /// Measures copies of the models with their own weights.
  ///
  /// - Parameter largest: the memory limit of a pass, in bytes.
  /// - Throws: `Interrupted` if stopped before the first measurement; a diagnostic if a copy does not fit the memory.
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
  /// Returns the spec of a copy of the model: the model's own if it was trained, else that for the session's data.
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
