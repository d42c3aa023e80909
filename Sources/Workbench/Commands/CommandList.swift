import CommandLanguage

extension Session {
  /// All commands, in the order in which help lists them.
  package static let commands: CommandRegistry<Session> = {
    var registry = CommandRegistry<Session>()
    registry.register(DataCommand.self)
    registry.register(ModelCommand.self)
    registry.register(TrainCommand.self)
    registry.register(TestCommand.self)
    registry.register(CompareCommand.self)
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
    registry.register(RunCommand.self)
    registry.register(RecordCommand.self)
    registry.register(ReplayCommand.self)
    registry.register(HistoryCommand.self)
    registry.register(HelpCommand.self)
    registry.register(QuitCommand.self)
    return registry
  }()
}

/// The headings under which help lists the commands.
enum Category {
  static let models = "Models and data"
  static let looking = "Looking"
  static let routing = "Routing"
  static let files = "Files and notebooks"
  static let session = "Session"
}
