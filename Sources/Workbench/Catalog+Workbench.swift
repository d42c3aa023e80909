import CommandLanguage
import Foundation
import Routing
import Figures
import MusicWorkbench
import PassageWorkbench
import RoutingWorkbench
import Sessions

extension Session {
  /// All commands, in the order of the help.
  package static let commands: CommandRegistry<Session> = {
    var registry = CommandRegistry<Session>()
    registry.register(DataCommand.self)
    registry.register(ModelCommand.self)
    registry.register(TrainCommand.self)
    registry.register(TestCommand.self)
    registry.register(CompareCommand.self)
    registry.register(SweepCommand.self)
    registry.register(TryCommand.self)
    registry.register(TraceCommand.self)
    registry.register(PlotCommand.self)
    registry.register(ShowCommand.self)
    registry.register(RouteCommand.self)
    registry.register(QuizCommand.self)
    registry.register(AnswerCommand.self)
    registry.register(TranscribeCommand.self)
    registry.register(ScoreCommand.self)
    registry.register(RenderCommand.self)
    registry.register(SaveCommand.self)
    registry.register(LoadCommand.self)
    registry.register(SeedCommand.self)
    registry.register(SetCommand.self)
    registry.register(PrintCommand.self)
    registry.register(WriteCommand.self)
    registry.register(ReadCommand.self)
    registry.register(RunCommand.self)
    registry.register(RecordCommand.self)
    registry.register(ReplayCommand.self)
    registry.register(HistoryCommand.self)
    registry.register(HelpCommand.self)
    registry.register(QuitCommand.self)
    registry.explain(["exit", "q", "bye", "logout"], "`quit` or Ctrl-D ends the session")
    registry.explain(["clear", "cls"], "Ctrl-L clears the screen")
    registry.explain(
      ["ls", "dir", "cd", "pwd"],
      "paths start at the folder that rse was started in; TAB lists files, `show models` models"
    )
    return registry
  }()
}

extension Session {
  /// The help pages of all commands, tasks and other topics.
  package static let help = commands.help(
    with: TaskFamilies.all.flatMap(\.pages) + [
      ProcessesPage.page, RoutingPage.page, PyTorchModule.page,
    ]
  )

  /// Creates a session of the workbench.
  ///
  /// - Parameters:
  ///   - folder: the folder where relative paths start.
  ///   - overrides: the values for `param` statements.
  ///   - host: the program around the session.
  package convenience init(
    folder: String = Session.workingFolder,
    overrides: Overrides = Overrides(),
    host: SessionHost = SessionHost()
  ) {
    self.init(catalog: .workbench, folder: folder, overrides: overrides, host: host)
  }
}

extension FileRun {
  /// Creates runs of files with all commands of the workbench.
  package init() { self.init(catalog: .workbench) }
}

extension Catalog {
  /// The catalog of everything in the workbench.
  package static let workbench = Catalog(
    commands: Session.commands,
    help: Session.help,
    names: [
      "shipped recording": { ShippedMusic.names.map { ($0, "ships with rse") } },
      "permutation": { PermutationText.words.map { ($0, "") } },
      "quiz": {
        PermutationText.words.map { ($0, "") }
          + QuizCommand.Request.allCases.map { ($0.rawValue, $0.summary) }
      },
    ]
  )
}
