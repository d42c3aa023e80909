import CommandLanguage
import Plotting

/// `plot loss loss.png`
struct PlotCommand: Command {
  static let declaration = CommandDeclaration(
    name: "plot",
    summary: "Draw a figure, in the terminal or into a PNG file",
    discussion: """
      Without a file the figure is shown in the terminal: as a picture where it can show some (kitty, iTerm2, \
      sixel), else in block characters. Where there is no terminal, or one that is too small, it goes into a file of \
      the figure's name. \
      `rse --inline never` always writes the file.

      """ + FigureKind.allCases.map { "\n\($0.rawValue) - \($0.summary)\n" }.joined(),
    signature: Signature(
      positionals: [
        .required("figure", .choice(FigureKind.allCases.map(\.rawValue)), "what is drawn"),
        .optional(
          "file",
          .fileToWrite(extensions: ["png"]),
          "the picture",
          default: "shown in the terminal"
        ),
      ],
      options: [
        .optional("of", .list(of: .name(of: "model")), "the models", default: "the current one"),
        .optional("title", .text, "the title", default: "what is learned"),
        .optional(
          "theme",
          .choice(["light", "dark"]),
          "dark lines on white or the reverse",
          default: "light"
        ),
      ]
    ),
    examples: [
      .init(
        "data badd lengths=8 batch=4; model rse maps=8; train 5; plot loss",
        "the learning curve of five steps, in the terminal"
      ),
      .init(
        "data badd lengths=8 batch=4; model rse maps=8; train 5\nplot loss curve.png theme=dark",
        "the same on a dark ground, in a file"
      ),
    ],
    category: Category.looking
  )

  private let arguments: BoundArguments

  init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
  }

  func run(in session: Session) throws -> Value {
    let names = arguments.words("of")
    let slots = try names.isEmpty ? [session.model(named: nil)] : names.map(session.model)
    let name = try arguments.text("figure")
    let figure = LearningCurve(slots: slots, title: arguments.optionalText("title")).figure
    let theme = arguments.optionalText("theme").map { $0 == "dark" ? Theme.dark : .light }
    let drawing = figure.drawList(theme: theme ?? .light)
    let digest = drawing.digest.short
    if let file = arguments.optionalText("file") {
      try write(drawing, of: slots, to: file, in: session)
      session.printResult("\(file)  drawing \(digest)")
      return .record(["file": .text(file), "drawing": .text(digest)])
    }
    if try session.showPicture?(figure, theme) ?? false {
      session.printResult("\(name)  drawing \(digest)")
      return .record(["drawing": .text(digest)])
    }
    let file = name + ".png"
    try write(drawing, of: slots, to: file, in: session)
    // Where it went depends on the terminal, so that replays do not compare it.
    session.printResult("\(name)  drawing \(digest)")
    session.note("wrote \(file)")
    return .record(["file": .text(file), "drawing": .text(digest)])
  }

  private func write(
    _ drawing: DrawList,
    of slots: [ModelSlot],
    to file: String,
    in session: Session
  ) throws {
    let seeds = slots.map { String($0.request.settings.seed) }.joined(separator: ",")
    let bytes = try PNGRenderer().render(
      drawing,
      provenance: [
        "Software": "rse \(programVersion)", "Script": session.provenance,
        "Seed": seeds, "Comment": ProgramEnvironment.line,
      ]
    )
    try session.write(bytes, to: file)
  }
}
