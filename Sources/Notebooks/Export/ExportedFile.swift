/// A file that an export makes.
package struct ExportedFile: Sendable, Equatable {
  /// Its path.
  package let path: String
  /// What it holds.
  package let bytes: [UInt8]
}
