import CommandLanguage
import Tasks
import Training
import Words

/// Passages of text in which a missing word is pointed at.
struct PassageFamily: TaskFamily {
  let tasks = [LambadaData.name]
  let groups = LambadaOptions.groups
  let pages = LambadaPages.all

  func request(_ task: String?, _ arguments: BoundArguments) throws -> any DataRequest {
    try LambadaOptions.request(arguments)
  }

  func restore(
    _ checkpoint: Checkpoint,
    isBundled: Bool,
    in session: Session
  ) throws -> any SessionData {
    let form = try LambadaForm(checkpoint.data)
    let vocabulary = try Vocabulary(checkpoint)
    let bins = checkpoint.data.bins
    var set: LambadaSet?
    do {
      set = try LambadaData.read(form, longest: bins.max() ?? 0, in: session)
    } catch let diagnostic as Diagnostic {
      session.noteMissingFiles(diagnostic, verb: "asked", isBundled: isBundled)
    }
    return LambadaData(
      set,
      form: form,
      vocabulary: vocabulary,
      bins: bins,
      batchSize: checkpoint.data.batchSize
    )
  }
}
