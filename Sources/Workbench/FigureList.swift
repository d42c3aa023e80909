import CommandLanguage
import Figures
import MusicWorkbench
import PassageWorkbench
import RoutingWorkbench

/// The figures of `plot`, in the order of the help.
package enum FigureList {
  package static let all: [PlottedFigure] = [
    LearningCurve.plotted, Generalisation.plotted, ComparisonFigure.plotted, MemoryFigure.plotted,
    CostFigure.plotted, RateFigure.plotted, ConfusionFigure.plotted, PositionsFigure.plotted,
    PianoRoll.plotted, ScoreFigure.plotted, RouteFigure.plotted, NetworkFigure.plotted,
    UnitFigure.plotted, TraceFigure.plotted, ActivationsFigure.plotted, ResidualFigure.plotted,
    LinesFigure.plotted, ScatterFigure.plotted, BarsFigure.plotted, HistogramFigure.plotted,
  ]

  /// Returns the figure of a name.
  static func figure(named name: String) -> PlottedFigure? { all.first { $0.name == name } }

  /// The options that only some figures take.
  static var groups: [ScopedOptions] {
    let withModels = all.filter(\.hasModels).map(\.name)
    let withValues = all.filter(\.hasValues).map(\.name)
    let values = ScopedOptions(
      "figures of your own numbers",
      under: withValues,
      positionals: [PlotOptions.values],
      options: PlotOptions.ofValues
    )
    let withAxes = all.filter(\.hasAxes).map(\.name)
    let axes = ScopedOptions("figures with axes", under: withAxes, options: [PlotOptions.size])
    let models = ScopedOptions("figures of models", under: withModels, options: [PlotOptions.of])
    return [models, values, axes]
      + all.filter { !$0.options.isEmpty }.map { figure in
        ScopedOptions("`plot \(figure.name)`", under: [figure.name], options: figure.options)
      }
  }
}
