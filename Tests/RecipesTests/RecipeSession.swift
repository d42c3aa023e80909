import CommandLanguage
import Figures
import Networks
import Sessions
import Tensors
import TestSupport
import Training

/// A session whose commands know the toys of these tests: `data`, `load` and `plot` dispatch over rows that hold
/// nothing else, `tally` is a toy itself, and all others are the program's.
final class RecipeSession {
  let folder: TemporaryFolder
  let session: Session

  init() throws {
    folder = try TemporaryFolder()
    session = Session(catalog: Self.catalog, folder: folder.path)
  }

  private static let catalog: Catalog = {
    var registry = CommandRegistry<Session>()
    registry.register(ToyDataCommand.self)
    registry.register(ToyLoadCommand.self)
    registry.register(ToyPlotCommand.self)
    registry.register(ModelCommand.self)
    registry.register(TrainCommand.self)
    registry.register(TestCommand.self)
    registry.register(TryCommand.self)
    registry.register(ShowCommand.self)
    registry.register(SaveCommand.self)
    registry.register(TallyCommand.self)
    let help = registry.help(with: Rows.families.flatMap(\.pages))
    return Catalog(commands: registry, help: help)
  }()

  /// Runs statements, which must succeed, and gives the lines that replays compare.
  @discardableResult
  func run(_ text: String) throws -> [String] {
    let outcome = session.submit(text, name: "recipe")
    if case .failed(let message) = outcome.ending {
      throw Failure(statement: text, message: message)
    }
    return outcome.output.filter { !$0.isVolatile }.map(\.text)
  }

  /// The message of statements that fail; nil if they succeed.
  func failure(of text: String) -> String? {
    if case .failed(let message) = session.submit(text, name: "recipe").ending {
      message
    } else {
      nil
    }
  }

  /// A statement that failed.
  struct Failure: Error {
    let statement: String
    let message: String
  }
}

/// The rows of the toys.
private enum Rows {
  static let families: [any TaskFamily] = [RunningShareFamily()]
  static let networks = NetworkKind.allCases + [.mixing]
  static let figures = [TallyFigure.plotted]
}

/// `data` over the toy family.
private struct ToyDataCommand: Command {
  private static let task = CommandArgument.required(
    "task",
    .choice(among: Rows.families.flatMap(\.choices)),
    "what is to be learned"
  )

  static let declaration = CommandDeclaration(
    name: "data",
    summary: "Choose what is to be learned",
    signature: Signature(positionals: [task], groups: Rows.families.flatMap(\.groups)),
    category: Category.models
  )

  private let request: any DataRequest

  init(_ arguments: BoundArguments) throws {
    let task = arguments[Self.task]
    guard let family = Rows.families.first(where: { $0.choices.contains(task) }) else {
      throw arguments.error("there is no such task")
    }
    request = try family.request(task, arguments)
  }

  func run(in session: Session) throws -> Value {
    let data = try request.make(in: session)
    session.data = data
    return .record(data.summary)
  }
}

/// `load` over the toy family and the toy network.
private struct ToyLoadCommand: Command {
  private static let file = CommandArgument.required(
    "file",
    .fileToRead(extensions: ["safetensors"]),
    "the checkpoint"
  )

  static let declaration = CommandDeclaration(
    name: "load",
    summary: "Read a model and its training",
    signature: Signature(positionals: [file]),
    category: Category.files
  )

  private let file: String

  init(_ arguments: BoundArguments) throws {
    file = arguments[Self.file]
  }

  func run(in session: Session) throws -> Value {
    let content = try TensorFile(parsing: session.read(file))
    let checkpoint = try Checkpoint(content, networks: Rows.networks)
    guard let family = Rows.families.first(where: { $0.tasks.contains(checkpoint.data.task) })
    else { throw Diagnostic("there is no task `\(checkpoint.data.task)`") }
    let data = try family.restore(checkpoint, isBundled: false, in: session)
    session.data = data
    session.add(ModelSlot(name: checkpoint.name, checkpoint: checkpoint, data: data))
    return .nothing
  }
}

/// `plot` over the toy figure.
private struct ToyPlotCommand: Command {
  private static let figure = PlotOptions.figure(among: Rows.figures)

  static let declaration = CommandDeclaration(
    name: "plot",
    summary: "Draw a figure",
    signature: Signature(
      positionals: [figure],
      groups: Rows.figures.map { figure in
        ScopedOptions("`plot \(figure.name)`", under: [figure.name], options: figure.options)
      }
    ),
    category: Category.looking
  )

  private let figure: PlottedFigure
  private let arguments: BoundArguments

  init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
    let name = arguments[Self.figure]
    guard let figure = Rows.figures.first(where: { $0.name == name }) else {
      throw arguments.error("there is no such figure")
    }
    self.figure = figure
  }

  func run(in session: Session) throws -> Value {
    let plot = try figure.plot(PlotRequest(arguments: arguments, slots: [], title: nil), session)
    session.emit("drawing \(plot.figure.drawList().digest.short)", .arithmetic)
    return .record(plot.values)
  }
}
