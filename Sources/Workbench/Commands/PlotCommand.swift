import CommandLanguage
import Figures
import Files
import Plotting
import Sessions
import Wording

/// `plot loss loss.png`
struct PlotCommand: Command {
  private enum Ground: String, CaseIterable {
    case light, dark, paper

    var theme: Theme {
      switch self {
      case .light: .light
      case .dark: .dark
      case .paper: .paper
      }
    }
  }

  private static let figure = PlotOptions.figure(among: FigureList.all)
  private static let file = CommandArgument(
    "file",
    .fileToWrite(extensions: PictureFormat.allCases.map(\.rawValue)),
    "the picture, in the format of its ending",
    otherwise: "shown in the terminal"
  )
  private static let title = CommandArgument(
    "title",
    .text,
    "the title",
    otherwise: "what is learned; none with theme=paper"
  )
  private static let theme = CommandArgument(
    "theme",
    .choice(Ground.self),
    "dark lines on white, the reverse, or for a column of a paper",
    otherwise: Ground.light.rawValue
  )

  static let declaration = CommandDeclaration(
    name: "plot",
    summary: "Draw a figure, in the terminal or into a file",
    discussion: """
      Without a file the figure is shown in the terminal: as a picture where it can show some (kitty, iTerm2, \
      sixel), else in block characters. Where there is no terminal, or one that is too small, it goes into a file of \
      the figure's name. \
      `rse --inline never` always writes the file.

      `.png` files hold pixels. `.svg` files, for web pages, and `.pdf` files, for print, hold shapes and texts, which stay \
      sharp at any size. `.gif` files hold animations, as `.png` files can. Each says in its metadata how it was made. \
      The digest behind `drawing` is the same in all formats.

      `theme=paper` suits a column of a printed paper: 3.3 inches wide, type of 8 points, no title, and lines that differ \
      in dashes and markers beside their colours. Figures that are drawings, such as `route`, keep their size.

      What the clock or this machine has a part in is drawn, but never compared by a replay.
      """
        + FigureList.all.map { "\n\n\($0.name) - \($0.help)" }.joined(),
    signature: Signature(
      positionals: [figure, file],
      options: [title, theme],
      groups: FigureList.groups
    ),
    examples: FigureList.all.flatMap(\.examples),
    category: Category.looking
  )

  private let figure: PlottedFigure
  private let size: Size?
  private let arguments: BoundArguments

  init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
    guard let figure = FigureList.figure(named: arguments[Self.figure]) else {
      throw arguments.error(on: Self.figure, "there is no such figure")
    }
    self.figure = figure
    size = try PlotOptions.size(of: arguments)
  }

  func run(in session: Session) throws -> Value {
    let plot = try plot(in: session)
    let record = try show(plot, in: session)
    if plot.isCut { throw Interrupted(hasMore: true) }
    return .record(record)
  }

  private func plot(in session: Session) throws -> Plot {
    let request = PlotRequest(
      arguments: arguments,
      slots: try slots(in: session),
      title: arguments[Self.title]
    )
    var plot = try figure.plot(request, session)
    if arguments[Self.theme] == .paper {
      plot.figure = plot.figure.inColumn(keepsTitle: arguments.has(Self.title))
    }
    if let size { plot.figure.size = size }
    return plot
  }

  /// Shows a figure or writes it to a file; returns the value of `plot`.
  private func show(_ plot: Plot, in session: Session) throws -> Record {
    let theme = arguments[Self.theme]?.theme
    try checkFormat(isAnimated: plot.frames != nil)
    if let frames = plot.frames?(theme ?? .light) {
      return try write(frames, of: plot, in: session)
    }
    let drawing = plot.figure.drawList(theme: theme ?? .light)
    let digest = drawing.digest.short
    var record = plot.values
    record["drawing"] = .text(digest)
    let stability: OutputStability = plot.isVolatile ? .volatile : .arithmetic
    if let file = arguments[Self.file] {
      try write(drawing, of: plot, to: file, in: session)
      session.emit("\(file)  drawing \(digest)", stability)
      record["file"] = .text(file)
      return record
    }
    if try session.host.showPicture?(plot.figure, theme) ?? false {
      session.emit("\(figure.name)  drawing \(digest)", stability)
      return record
    }
    let file = figure.name + ".png"
    try write(drawing, of: plot, to: file, in: session)
    // The destination depends on the terminal, so replays do not compare it.
    session.emit("\(figure.name)  drawing \(digest)", stability)
    session.emit("wrote \(file)", .volatile)
    record["file"] = .text(file)
    return record
  }

  /// Rejects a file whose format cannot hold a still picture, or an animation.
  private func checkFormat(isAnimated: Bool) throws(Diagnostic) {
    let formats = isAnimated ? PictureFormat.animated : PictureFormat.still
    guard let file = arguments[Self.file], let format = PictureFormat(ofFile: file),
      !formats.contains(format)
    else { return }
    let endings = Suggestion.listing(formats.map(\.ending), lastAfter: "or")
    throw arguments.error(
      on: Self.file,
      isAnimated
        ? "a `\(format.ending)` file holds no animation"
        : "a `\(format.ending)` file holds an animation, and this picture is still",
      remedy: isAnimated
        ? "choose a name ending in \(endings)"
        : "choose a name ending in \(endings), or `plot route … animate=on`"
    )
  }

  /// Returns the models in the figure.
  private func slots(in session: Session) throws(Diagnostic) -> [ModelSlot] {
    guard figure.hasModels else { return [] }
    guard let names = arguments[PlotOptions.of] else { return [try session.model(named: nil)] }
    return try session.models(named: names)
  }

  /// Writes an animation to the named file, or to one of the figure's name.
  private func write(
    _ frames: any Sequence<AnimationFrame>,
    of plot: Plot,
    in session: Session
  ) throws -> Record {
    let file = arguments[Self.file] ?? figure.name + ".png"
    let frames = Array(frames)
    let digest = Digest(of: frames.map { $0.drawing.digest.short }.joined(separator: " ")).short
    let format = PictureFormat(ofFile: file) ?? .png
    let bytes = try frames.file(as: format, provenance: session.pictureProvenance(seeds: "")) {
      try session.checkInterruption()
    }
    try session.writePicture(bytes, as: format, to: file)
    session.emit("\(file)  \(counted(frames.count, "frame")), drawing \(digest)", .arithmetic)
    var record = plot.values
    record["drawing"] = .text(digest)
    record["frames"] = .number(Double(frames.count))
    record["file"] = .text(file)
    return record
  }

  private func write(
    _ drawing: DrawList,
    of plot: Plot,
    to file: String,
    in session: Session
  ) throws {
    let seeds = plot.slots.map { String($0.request.settings.seed) }.joined(separator: ",")
    try session.writePicture(drawing, seeds: seeds, to: file, isInterruptible: !plot.isCut)
  }
}
