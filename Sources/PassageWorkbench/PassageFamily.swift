import CommandLanguage
import Figures
import Sessions
import Tasks
import Training
import Words

/// The task family of text passages with a missing word to point at.
package struct PassageFamily: TaskFamily {
  package let tasks = [LambadaData.name]
  package let groups = LambadaOptions.groups
  package let pages = LambadaPages.all

  package init() {}

  package func request(_ task: String?, _ arguments: BoundArguments) throws -> any DataRequest {
    try LambadaOptions.request(arguments)
  }

  package func restore(
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
