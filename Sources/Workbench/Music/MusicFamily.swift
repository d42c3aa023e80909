import CommandLanguage
import Tasks
import Training

/// Music whose notes are told: made up, or recordings.
struct MusicFamily: TaskFamily {
  let tasks = MusicOptions.tasks
  let pages = MusicPages.all

  func restore(
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
