import CommandLanguage
import Foundation
import Tensors
import Wording

extension ShowCommand {
  /// Shows all steps of a model.
  func showLog(in session: Session) throws -> Value {
    let model = try session.model(named: name)
    guard let steps = model.trainer?.log, !steps.isEmpty else {
      throw Diagnostic("`\(model.name)` was not trained yet", remedy: "`train 100` first")
    }
    let columns: [Table.Column] = [
      .init("step", steps.map { .number(Double($0.step)) }),
      .init("loss", steps.map { .number($0.loss) }),
      .init("accuracy", steps.map { .number($0.accuracy) }),
      .init("rate", steps.map { .number($0.rate) }),
    ]
    let table = try Table(columns: columns)
    session.emit(table.text, .arithmetic, width: Session.comparedWidth)
    // No two runs take the same time, so the times are returned but not shown.
    return .table(
      try table.with(.init("seconds", steps.map { $0.seconds.map { .number($0) } ?? .nothing }))
    )
  }

  /// Shows the speed of the last training.
  func showSpeed(in session: Session) throws -> Value {
    guard let training = session.lastTraining else {
      throw Diagnostic("nothing was trained in this session", remedy: "`train 100` first")
    }
    let peak = ProductPeak.panels()
    session.emit(
      String(
        format: "%@: %d steps in %.1f s, %.2f steps/s",
        training.model,
        training.steps,
        training.seconds,
        training.stepsPerSecond
      ),
      .volatile
    )
    session.emit(
      String(
        format:
          "matrix products %.0f GFLOP/s, %.0f %% of the %.0f of large ones on %@",
        training.gigaflops,
        100 * training.gigaflops / peak,
        peak,
        counted(WorkerPool.shared.threads, "thread")
      ),
      .volatile
    )
    session.emit("\(kernelName) kernels", .volatile)
    return .record([
      "steps_per_second": .number(training.stepsPerSecond), "gflops": .number(training.gigaflops),
      "peak_gflops": .number(peak), "share": .number(training.gigaflops / peak),
    ])
  }
}
