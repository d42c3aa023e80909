/// Parts of paths.
extension String {
  /// The part after the last slash, or the whole path.
  var fileName: String {
    String(decoding: utf8[fileNameStart...], as: UTF8.self)
  }

  /// The part before the last slash; empty if there is none, `/` for files in the root folder.
  var folderName: String {
    let start = fileNameStart
    guard start > startIndex else { return "" }
    let folder = utf8[..<utf8.index(before: start)]
    return folder.isEmpty ? "/" : String(decoding: folder, as: UTF8.self)
  }

  /// The path without the suffix `.rsenb`, unless that is the whole name.
  var withoutNotebookSuffix: String {
    let suffix = ".rsenb"
    guard fileName.utf8.count > suffix.utf8.count,
      utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    else {
      return self
    }
    return String(decoding: utf8.dropLast(suffix.utf8.count), as: UTF8.self)
  }

  /// Returns the name's path in a folder; absolute names stay.
  func inFolder(_ folder: String) -> String {
    folder.isEmpty || utf8.first == UInt8(ascii: "/")
      ? self : folder.utf8.last == UInt8(ascii: "/") ? folder + self : "\(folder)/\(self)"
  }

  private var fileNameStart: Index {
    utf8.lastIndex(of: UInt8(ascii: "/")).map { utf8.index(after: $0) } ?? startIndex
  }
}
