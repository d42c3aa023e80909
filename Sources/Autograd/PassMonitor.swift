/// Follows a pass through a network layer by layer, and may end it.
///
/// A layer counts 1 each time it runs forward and 2 when it runs backward.
package final class PassMonitor {
  /// Layers done and in all of the present pass.
  package private(set) var done = 0
  package private(set) var total = 0
  private let observer: (PassMonitor) throws -> Void

  /// - Parameter observer: called at the start and after each layer; what it throws ends the pass.
  package init(_ observer: @escaping (PassMonitor) throws -> Void) {
    self.observer = observer
  }

  /// The share of the present pass that is done.
  package var share: Double { total > 0 ? Double(done) / Double(total) : 0 }

  /// A new pass begins.
  package func begin(layers: Int) throws {
    (done, total) = (0, layers)
    try check()
  }

  /// Some layers are done.
  package func advance(layers: Int) throws {
    done += layers
    try check()
  }

  /// That share of a pass of so many layers in several parts is done.
  package func show(share: Double, ofLayers layers: Int) throws {
    (done, total) = (Int((share * Double(layers)).rounded()), layers)
    try check()
  }

  /// A place where the pass may be ended.
  package func check() throws { try observer(self) }
}
