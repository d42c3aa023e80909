/// A monitor that follows a pass through a network layer by layer, and may end it.
///
/// A layer counts 1 for each forward run and 2 for each backward run.
package final class PassMonitor {
  /// The layers of the present pass that are done, and all of them.
  package private(set) var done = 0
  package private(set) var total = 0
  private let observer: (PassMonitor) throws -> Void

  /// - Parameter observer: called at the start and after each layer; an error that it throws ends the pass.
  package init(_ observer: @escaping (PassMonitor) throws -> Void) {
    self.observer = observer
  }

  /// The fraction of the present pass that is done.
  package var share: Double { total > 0 ? Double(done) / Double(total) : 0 }

  /// Begins a new pass.
  package func begin(layers: Int) throws {
    (done, total) = (0, layers)
    try check()
  }

  /// Counts layers that are done.
  package func advance(layers: Int) throws {
    done += layers
    try check()
  }

  /// Sets the progress to `share` of a pass that runs in several parts and has `layers` layers in all.
  package func show(share: Double, ofLayers layers: Int) throws {
    (done, total) = (Int((share * Double(layers)).rounded()), layers)
    try check()
  }

  /// Gives the observer a chance to end the pass.
  package func check() throws { try observer(self) }
}
