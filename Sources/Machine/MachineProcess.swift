import CMachine

/// Processes of the system.
package enum MachineProcess {
  /// Has this process get a signal when the one that has started it ends.
  ///
  /// - Parameters:
  ///   - parent: the identifier of that process.
  ///   - number: the signal.
  /// - Returns: false if it has ended already.
  package static func end(with parent: Int32, by number: Int32) -> Bool {
    rse_end_with(parent, number)
  }
}
