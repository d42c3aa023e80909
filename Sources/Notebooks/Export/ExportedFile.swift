/// A file that an export produces.
package struct ExportedFile: Sendable, Equatable {
  /// Its path.
  package let path: String
  /// Its content.
  package let bytes: [UInt8]
}
