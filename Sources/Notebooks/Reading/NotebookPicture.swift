/// A picture that a notebook shows, as its file holds it.
package struct NotebookPicture: Sendable {
  /// The bytes of a PNG file.
  package let png: [UInt8]
  /// Pixels from left to right.
  package let width: Int
  /// Pixels from top to bottom.
  package let height: Int

  /// Reads a picture by the name that the notebook at a path gives it; nil if it is no PNG file that can be read.
  package init?(_ name: String, of notebook: String) {
    guard let picture = try? PictureFile.read(name.inFolder(notebook.folderName)),
      let size = picture.size
    else { return nil }
    png = picture.bytes
    (width, height) = size
  }
}
