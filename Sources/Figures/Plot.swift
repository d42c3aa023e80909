import CommandLanguage
import Plotting
import Sessions

/// The figure that `plot` shows.
package struct Plot {
  package var figure: Figure
  /// The models in the figure.
  package var slots: [ModelSlot]
  /// True if the figure depends on the clock or the machine, so that replays do not compare it.
  package var isVolatile = false
  /// True if its creation was stopped before it was complete: it is drawn, and the statement counts as interrupted.
  package var isCut = false
  /// Its content in numbers, for the record that `plot` returns.
  package var values: Record = [:]
  /// The frames of an animation in a theme; nil if it is not animated.
  package var frames: ((Theme) -> any Sequence<AnimationFrame>)?

  package init(
    figure: Figure,
    slots: [ModelSlot],
    isVolatile: Bool = false,
    isCut: Bool = false,
    values: Record = [:],
    frames: ((Theme) -> any Sequence<AnimationFrame>)? = nil
  ) {
    self.figure = figure
    self.slots = slots
    self.isVolatile = isVolatile
    self.isCut = isCut
    self.values = values
    self.frames = frames
  }
}

/// A kind of figure, with its options.
package struct PlottedFigure: Sendable {
  /// Its name in `plot NAME`.
  package let name: String
  /// A one-line description.
  package let summary: String
  /// More about it, for the help page.
  package var discussion = ""
  /// The options in addition to those of every figure.
  package var options: [any DeclaredArgument] = []
  package var examples: [CommandDeclaration.Example] = []
  /// True if it shows models.
  package var hasModels = true
  /// True if it shows user-supplied numbers: it takes `PlotOptions.values` and the options of axes.
  package var hasValues = false
  /// True if it has axes, so that it can have any size.
  package var hasAxes = false
  /// Makes the figure of some models.
  package let plot: @Sendable (PlotRequest, Session) throws -> Plot

  package init(
    name: String,
    summary: String,
    discussion: String = "",
    options: [any DeclaredArgument] = [],
    examples: [CommandDeclaration.Example] = [],
    hasModels: Bool = true,
    hasValues: Bool = false,
    hasAxes: Bool? = nil,
    plot: @escaping @Sendable (PlotRequest, Session) throws -> Plot
  ) {
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.options = options
    self.examples = examples
    self.hasModels = hasModels
    self.hasValues = hasValues
    self.hasAxes = hasAxes ?? hasValues
    self.plot = plot
  }

  /// The summary and the discussion as on the help page.
  package var help: String { summary + (discussion.isEmpty ? "" : ". " + discussion) }
}

/// A request for a figure.
package struct PlotRequest {
  package let arguments: BoundArguments
  /// The models in the order given.
  package let slots: [ModelSlot]
  /// The title requested by the user.
  package let title: String?

  package init(
    arguments: BoundArguments,
    slots: [ModelSlot],
    title: String?
  ) {
    self.arguments = arguments
    self.slots = slots
    self.title = title
  }

  /// Returns the model of a figure that shows one.
  package func onlySlot() throws(Diagnostic) -> ModelSlot {
    guard let slot = slots.first, slots.count == 1 else {
      throw arguments.error(
        on: PlotOptions.of,
        "this figure shows one model",
        remedy: "name one in of="
      )
    }
    return slot
  }
}

/// The arguments of `plot` that figures refer to.
package enum PlotOptions {
  /// The name of the figure, for messages that point at it.
  package static let figure = CommandArgument.required("figure", .text, "what is drawn")
  package static let of = CommandArgument(
    "of",
    .list(of: .name(of: "model")),
    "the models",
    otherwise: "the current one"
  )

  /// The content of figures of user-supplied numbers, as the second positional argument.
  package static let values = CommandArgument.required(
    "values",
    .value,
    "a table such as `$t`, or a list of numbers"
  )

  /// The columns whose values divide rows into series.
  static let by = CommandArgument(
    "by",
    .list(of: .text),
    "columns whose values divide the rows into series"
  )

  /// The options common to all figures of user-supplied numbers.
  package static var ofValues: [any DeclaredArgument] {
    [
      by, ValueAxes.log, ValueAxes.xRangeOption, ValueAxes.yRangeOption, ValueAxes.xLabelOption,
      ValueAxes.yLabelOption, ValueAxes.legendOption,
    ]
  }

  /// The size of a figure that has axes.
  package static let size = CommandArgument(
    "size",
    .text,
    "width and height, such as 600x380",
    unit: "points, each two pixels of a .png file",
    otherwise: "what suits the panels"
  )

  /// Returns the size that a call requests; nil if it requests none.
  package static func size(of arguments: BoundArguments) throws(Diagnostic) -> Size? {
    guard let text = arguments[size] else { return nil }
    let sides = text.split(whereSeparator: { "x×".contains($0) }).compactMap { Int($0) }
    guard sides.count == 2, text.count(where: { "x×".contains($0) }) == 1,
      sides.allSatisfy(sizes.contains)
    else {
      throw arguments.error(
        on: size,
        "`size=` takes a width and a height from \(sizes.lowerBound) to \(sizes.upperBound) points",
        remedy: "write `size=600x380`"
      )
    }
    return Size(Double(sides[0]), Double(sides[1]))
  }

  private static let sizes = 100...4000

  /// Returns the argument of `plot` for the name of one of some figures.
  package static func figure(among figures: [PlottedFigure]) -> CommandArgument<String> {
    .required("figure", .choice(among: figures.map(\.name)), "what is drawn")
  }
}
