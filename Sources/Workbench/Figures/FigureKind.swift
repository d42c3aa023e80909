import CommandLanguage

/// The figures that `plot` draws.
package enum FigureKind: String, CaseIterable, Sendable {
  case loss, generalisation, memory, cost, roll, scores
  case route, network, unit, trace, activations, residual

  /// What it shows.
  package var summary: String { figure.summary }

  /// How it is made.
  var figure: PlottedFigure {
    switch self {
    case .loss: LearningCurve.plotted
    case .generalisation: Generalisation.plotted
    case .memory: MemoryFigure.plotted
    case .cost: CostFigure.plotted
    case .roll: PianoRoll.plotted
    case .scores: ScoreFigure.plotted
    case .route: RouteFigure.plotted
    case .network: NetworkFigure.plotted
    case .unit: UnitFigure.plotted
    case .trace: TraceFigure.plotted
    case .activations: ActivationsFigure.plotted
    case .residual: ResidualFigure.plotted
    }
  }

  /// The options that only some figures have, each once.
  static var options: [Signature.Parameter] {
    allCases.flatMap(\.figure.options).reduce(into: []) { options, option in
      if !options.contains(where: { $0.name == option.name }) { options.append(option) }
    }
  }

  /// Refuses options that belong to other figures.
  func check(_ arguments: BoundArguments) throws(Diagnostic) {
    let own = figure.options.map(\.name)
    for option in Self.options where arguments.has(option.name) && !own.contains(option.name) {
      let owners = Self.allCases.filter { $0.figure.options.contains { $0.name == option.name } }
      throw arguments.error(
        on: option.name,
        "`plot \(rawValue)` has no option `\(option.name)=`",
        remedy: "it belongs to "
          + owners.map { "`plot \($0.rawValue)`" }.joined(separator: " and ")
      )
    }
  }
}
