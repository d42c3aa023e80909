/// A picture that a notebook shows, as stored in its file.
package struct NotebookPicture: Sendable {
  /// The bytes of a PNG file.
  package let png: [UInt8]
  /// The width in pixels.
  package let width: Int
  /// The height in pixels.
  package let height: Int

  /// Reads a picture by the name that the notebook at a path gives it; nil if it is not a readable PNG file.
  package init?(_ name: String, of notebook: String) {
    guard let picture = try? PictureFile.read(name.inFolder(notebook.folderName)),
      let size = picture.size
    else { return nil }
    png = picture.bytes
    (width, height) = size
  }
}
