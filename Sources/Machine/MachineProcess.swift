import CMachine

/// Processes of the system.
package enum MachineProcess {
  /// Makes the system send this process a signal when its parent ends.
  ///
  /// - Parameters:
  ///   - parent: the identifier of the process that started this one.
  ///   - number: the signal.
  /// - Returns: false if the parent has already ended.
  package static func end(with parent: Int32, by number: Int32) -> Bool {
    rse_end_with(parent, number)
  }
}
