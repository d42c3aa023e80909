import CommandLanguage
import Foundation
import Processes
import Training

/// A table of a training's steps in a file, which grows during the training.
final class TrainingLogFile {
  private let path: String
  private var file: FileHandle?
  private var unwritten: [UInt8] = []
  private var lastWriting = ContinuousClock.now

  /// The time between two writings.
  private static let interval = Duration.seconds(1)

  init(path: String) { self.path = path }

  /// Begins the file with the steps of an earlier run of the training.
  ///
  /// - Throws: a diagnostic.
  func open(in session: Session, with steps: [StepRecord]) throws {
    guard ProcessGroup.current.isFirst else { return }
    unwritten = Array("step,loss,accuracy,rate,seconds\n".utf8)
    for step in steps { append(step) }
    // Existing content is replaced as a whole, as in other files.
    try session.write(unwritten, to: path)
    unwritten = []
    let place = try session.writingPath(path)
    do {
      file = try FileHandle(forWritingTo: URL(fileURLWithPath: place))
      try file?.seekToEnd()
    } catch {
      throw failure(error)
    }
  }

  /// Adds a step.
  ///
  /// - Throws: a diagnostic.
  func add(_ step: StepRecord) throws {
    guard file != nil else { return }
    append(step)
    guard ContinuousClock.now - lastWriting >= Self.interval else { return }
    do { try flush() } catch { throw failure(error) }
  }

  /// Writes the remaining steps.
  func close() {
    try? flush()
    try? file?.close()
    file = nil
  }

  private func append(_ step: StepRecord) {
    let numbers = [Double(step.step), step.loss, step.accuracy, step.rate]
    let seconds = step.seconds.map(NumberFormat.exact) ?? ""
    unwritten += (numbers.map(NumberFormat.exact) + [seconds]).joined(separator: ",").utf8
    unwritten.append(UInt8(ascii: "\n"))
  }

  private func flush() throws {
    lastWriting = .now
    guard !unwritten.isEmpty else { return }
    try file?.write(contentsOf: Data(unwritten))
    unwritten.removeAll(keepingCapacity: true)
  }

  private func failure(_ error: any Error) -> Diagnostic {
    let reason = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
    return Diagnostic(
      "cannot write `\(path)`: \((reason ?? error).localizedDescription)",
      remedy: "the model is as it was after its last step; make room, or choose another file"
    )
  }
}
