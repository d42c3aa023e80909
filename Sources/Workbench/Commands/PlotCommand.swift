import CommandLanguage
import Plotting

/// `plot loss loss.png`
struct PlotCommand: Command {
  static let declaration = CommandDeclaration(
    name: "plot",
    summary: "Draw a figure into a PNG file",
    discussion: FigureKind.allCases.map { "\($0.rawValue) - \($0.summary)" }
      .joined(separator: "\n\n"),
    signature: Signature(
      positionals: [
        .required("figure", .choice(FigureKind.allCases.map(\.rawValue)), "what is drawn"),
        .optional(
          "file",
          .fileToWrite(extensions: ["png"]),
          "the picture",
          default: "the figure's name"
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
        "data badd lengths=8 batch=4; model rse maps=8; train 5; plot loss loss.png",
        "the learning curve of five steps"
      )
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
    let figure = LearningCurve(slots: slots, title: arguments.optionalText("title")).figure
    let drawing = figure.drawList(theme: arguments.optionalText("theme") == "dark" ? .dark : .light)
    let file = arguments.optionalText("file") ?? "loss.png"
    let seeds = slots.map { String($0.request.settings.seed) }.joined(separator: ",")
    let bytes = try PNGRenderer().render(
      drawing,
      provenance: [
        "Software": "rse \(programVersion)", "Script": session.provenance,
        "Seed": seeds, "Comment": ProgramEnvironment.line,
      ]
    )
    try session.write(bytes, to: file)
    session.printResult("\(file)  drawing \(drawing.digest.short)")
    return .record(["file": .text(file), "drawing": .text(drawing.digest.short)])
  }
}
