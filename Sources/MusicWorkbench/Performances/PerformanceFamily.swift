import CommandLanguage
import Figures
import Sessions
import Tasks
import Training

/// Music whose complete playing is predicted: onsets, ends and velocities of notes, and the pedal.
package struct PerformanceFamily: TaskFamily {
  package let tasks = PerformanceOptions.tasks
  package let groups = PerformanceOptions.groups
  package let pages = [PerformancePages.performances]

  package init() {}

  package func request(_ task: String?, _ arguments: BoundArguments) throws -> any DataRequest {
    let request = Request(arguments: arguments)
    // The current model's input may decide, which is known only later.
    if !PerformanceOptions.leavesInput(arguments) { _ = try request.form(as: nil) }
    return request
  }

  private struct Request: DataRequest {
    let arguments: BoundArguments

    func form(as model: PerformanceForm?) throws(Diagnostic) -> PerformanceForm {
      try PerformanceOptions.form(arguments, as: model)
    }

    func make(in session: Session) throws -> any SessionData {
      let trained = session.trainedData(as: PerformanceData.self)
      let form = try form(as: trained?.data.form)
      let data = try PerformanceData.make(
        form,
        batchSize: arguments[PerformanceOptions.batch],
        in: session
      )
      if let trained, PerformanceOptions.leavesInput(arguments) {
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
    let form = try PerformanceForm(checkpoint)
    let batchSize = min(checkpoint.data.batchSize, MusicData.largestBatch)
    do {
      return try PerformanceData.make(form, batchSize: batchSize, in: session)
    } catch let diagnostic as Diagnostic {
      session.noteMissingFiles(diagnostic, verb: "used", isBundled: isBundled)
      return PerformanceData(.missing, form: form, batchSize: batchSize)
    }
  }
}
