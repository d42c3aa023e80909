import CommandLanguage
import Plotting

/// What `plot` is to show.
struct Plot {
  var figure: Figure
  /// The models that it is of.
  var slots: [ModelSlot]
  /// Whether the clock or the machine has a part in it, so that replays do not compare it.
  var isVolatile = false
  /// What it shows in numbers, for the record that `plot` gives.
  var values: Record = [:]
  /// The frames in a theme, where it is to be an animation.
  var frames: ((Theme) -> any Sequence<AnimationFrame>)?
}

/// A kind of figure, with its own options.
struct PlottedFigure: Sendable {
  /// What it shows, in one line.
  let summary: String
  /// More about it, for the help page.
  var discussion = ""
  /// Options beside those of every figure.
  var options: [any DeclaredArgument] = []
  var examples: [CommandDeclaration.Example] = []
  /// Whether it is of models.
  var hasModels = true
  /// Makes the figure of some models.
  let plot: @Sendable (PlotRequest, Session) throws -> Plot

  /// Summary and discussion as the help page has them.
  var help: String { summary + (discussion.isEmpty ? "" : ". " + discussion) }
}

/// What a figure is asked for.
struct PlotRequest {
  let arguments: BoundArguments
  /// The models in the order given.
  let slots: [ModelSlot]
  /// The title that the user wants.
  let title: String?

  /// The model of a figure that shows one.
  func onlySlot() throws(Diagnostic) -> ModelSlot {
    guard let slot = slots.first, slots.count == 1 else {
      throw arguments.error(
        on: PlotCommand.of,
        "this figure shows one model",
        remedy: "name one in of="
      )
    }
    return slot
  }
}
