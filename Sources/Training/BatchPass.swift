import Autograd
import Foundation
import Synchronization
import Tasks
import Tensors

/// The forward and backward passes of a training step, one for each group of examples of the batch.
///
/// As many groups as there are threads run side by side, each on its own thread; remaining long groups run one after
/// another on all threads. The result of a pass depends on its group alone.
struct BatchPass {
  let groups: [ExampleGroup]
  /// Runs the forward and backward pass of the group of that number.
  let compute: (_ number: Int, _ monitor: PassMonitor) throws -> GroupOutcome
  /// True if only one group is held in memory at a time.
  let isLow: Bool
  let monitor: PassMonitor?

  /// - Returns: the outcomes of the groups, in order.
  /// - Throws: any error that the monitor throws, or the first error of a group.
  func run() throws -> [GroupOutcome] {
    let watch = GroupWatch(groups, monitor)
    var outcomes = [Result<GroupOutcome, any Error>?](repeating: nil, count: groups.count)
    outcomes.withUnsafeMutableBufferPointer { outcomes in
      let slots = outcomes
      let run = { (number: Int) in
        slots[number] = Result { try compute(number, watch.monitorOfPass()) }
        if case .failure = slots[number] { watch.abandon() } else { watch.finish(groups[number]) }
      }
      let sideBySide = SequenceLayout.sideBySide(groups, isLow: isLow)
      WorkerPool.shared.run(parts: sideBySide, run)
      for number in sideBySide..<groups.count { run(number) }
    }
    try monitor?.check()
    let results = outcomes.compactMap(\.self)
    for case .failure(let error) in results where !(error is GroupWatch.Abandoned) { throw error }
    return try results.map { try $0.get() }
  }
}

/// The outcome of a group's pass.
struct GroupOutcome {
  let loss: HeadLoss
  let gradients: ParameterGradients
}

/// The joint progress of the groups' passes; ends all of them when one has failed.
private final class GroupWatch: Sendable {
  /// Thrown when another group has failed.
  struct Abandoned: Error {}

  private let groups, rows: Int
  private let finished = Atomic<Int>(0)
  private let isAbandoned = Atomic<Bool>(false)
  private nonisolated(unsafe) let monitor: PassMonitor?
  /// The thread that created the watch; only this one calls the monitor, so that no two threads do at once.
  private let thread = pthread_self()

  init(_ groups: [ExampleGroup], _ monitor: PassMonitor?) {
    self.groups = groups.count
    rows = groups.reduce(0) { $0 + $1.rows.count }
    self.monitor = monitor
  }

  func finish(_ group: ExampleGroup) { finished.wrappingAdd(group.rows.count, ordering: .relaxed) }

  func abandon() { isAbandoned.store(true, ordering: .relaxed) }

  /// Returns the monitor of one pass.
  func monitorOfPass() -> PassMonitor {
    PassMonitor { [self] pass in
      if isAbandoned.load(ordering: .relaxed) { throw Abandoned() }
      guard pthread_equal(pthread_self(), thread) != 0 else { return }
      let whole = Double(finished.load(ordering: .relaxed)) / Double(rows)
      let share = min(1, whole + pass.share / Double(groups))
      try monitor?.show(share: share, ofLayers: pass.total * groups)
    }
  }
}
