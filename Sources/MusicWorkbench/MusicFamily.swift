import CommandLanguage
import Figures
import Sessions
import Tasks
import Training

/// Music, generated or recorded, whose sounding notes are predicted.
package struct MusicFamily: TaskFamily {
  package let tasks = MusicOptions.tasks
  package let groups = MusicOptions.groups
  package let pages = MusicPages.all

  package init() {}

  package func request(_ task: String?, _ arguments: BoundArguments) throws -> any DataRequest {
    let request = Request(task: task ?? "", arguments: arguments)
    // The current model's input may decide, which is known only later.
    if !MusicOptions.leavesInput(arguments) { _ = try request.form(as: nil) }
    return request
  }

  private struct Request: DataRequest {
    let task: String
    let arguments: BoundArguments

    func form(as model: MusicForm?) throws(Diagnostic) -> MusicForm {
      try MusicOptions.form(task, arguments, as: model)
    }

    func make(in session: Session) throws -> any SessionData {
      let trained = session.trainedData(as: MusicData.self)
      let form = try form(as: trained?.data.form)
      let data = try MusicData.make(
        form,
        batchSize: arguments[MusicOptions.batch],
        in: session
      )
      if let trained, MusicOptions.leavesInput(arguments) {
        session.emit(
          """
          input=\(form.input.rawValue) window=\(form.window), as the model `\(trained.model)` hears
          """,
          .volatile
        )
      }
      return data
    }
  }

  package func restore(
    _ checkpoint: Checkpoint,
    isBundled: Bool,
    in session: Session
  ) throws -> any SessionData {
    let form = try MusicForm(checkpoint)
    let batchSize = min(checkpoint.data.batchSize, MusicData.largestBatch)
    do {
      return try MusicData.make(form, batchSize: batchSize, in: session)
    } catch let diagnostic as Diagnostic {
      session.noteMissingFiles(diagnostic, verb: "used", isBundled: isBundled)
      return MusicData(.missing, form: form, batchSize: batchSize)
    }
  }
}
