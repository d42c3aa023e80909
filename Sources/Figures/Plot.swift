import CommandLanguage
import Plotting
import Sessions

/// What `plot` is to show.
package struct Plot {
  package var figure: Figure
  /// The models that it is of.
  package var slots: [ModelSlot]
  /// Whether the clock or the machine has a part in it, so that replays do not compare it.
  package var isVolatile = false
  /// Whether its making was stopped before it was complete: it is drawn, and the statement has been interrupted.
  package var isCut = false
  /// What it shows in numbers, for the record that `plot` gives.
  package var values: Record = [:]
  /// The frames in a theme, where it is to be an animation.
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

/// A kind of figure, with its own options.
package struct PlottedFigure: Sendable {
  /// Its name in `plot NAME`.
  package let name: String
  /// What it shows, in one line.
  package let summary: String
  /// More about it, for the help page.
  package var discussion = ""
  /// Options beside those of every figure.
  package var options: [any DeclaredArgument] = []
  package var examples: [CommandDeclaration.Example] = []
  /// Whether it is of models.
  package var hasModels = true
  /// Whether it is of one's own numbers: it takes `PlotOptions.values` and the options of axes.
  package var hasValues = false
  /// Whether it has axes, so that it can have any size.
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

  /// Summary and discussion as the help page has them.
  package var help: String { summary + (discussion.isEmpty ? "" : ". " + discussion) }
}

/// What a figure is asked for.
package struct PlotRequest {
  package let arguments: BoundArguments
  /// The models in the order given.
  package let slots: [ModelSlot]
  /// The title that the user wants.
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

  /// The model of a figure that shows one.
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

/// The arguments of `plot` that figures speak of.
package enum PlotOptions {
  /// The name of the figure, for messages that point at it.
  package static let figure = CommandArgument.required("figure", .text, "what is drawn")
  package static let of = CommandArgument(
    "of",
    .list(of: .name(of: "model")),
    "the models",
    otherwise: "the current one"
  )

  /// What figures of one's own numbers are made of, in the second place.
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

  /// The options of figures of one's own numbers, whichever they are.
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

  /// The size that a call asks for; nil where it asks for none.
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

  /// The name of one of some figures, as `plot` declares it.
  package static func figure(among figures: [PlottedFigure]) -> CommandArgument<String> {
    .required("figure", .choice(among: figures.map(\.name)), "what is drawn")
  }
}
