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

  /// The options that only some figures have.
  static var groups: [ScopedOptions] {
    let withModels = allCases.filter(\.figure.hasModels).map(\.rawValue)
    let models = ScopedOptions("figures of models", under: withModels, options: [PlotCommand.of])
    return [models]
      + allCases.filter { !$0.figure.options.isEmpty }.map { kind in
        ScopedOptions(
          "`plot \(kind.rawValue)`",
          under: [kind.rawValue],
          options: kind.figure.options
        )
      }
  }
}
