import Foundation

/// The pictures of a notebook: each is read once, and missing ones are noted.
struct PictureShelf {
  /// A picture in the notebook's folder, or the reason why it cannot be shown.
  typealias Entry = Result<Picture, PictureFault>

  /// The folder to which names are relative.
  let folder: String
  /// The names of the pictures that cannot be shown, in the order in which they were requested.
  private(set) var missing: [String] = []
  private var entries: [String: Entry] = [:]

  init(folder: String) { self.folder = folder }

  /// Returns the picture with this name.
  mutating func picture(named name: String) -> Entry {
    if let known = entries[name] { return known }
    let entry = Entry { () throws(PictureFault) in try PictureFile.read(name.inFolder(folder)) }
    entries[name] = entry
    if case .failure = entry { missing.append(name) }
    return entry
  }

  /// Returns the file name of a picture that prose shows by an address; nil for a remote address.
  static func name(ofAddress address: String) -> String? {
    guard !address.isEmpty, MarkdownTree.scheme(of: address) == nil, !address.hasPrefix("//") else {
      return nil
    }
    return address.removingPercentEncoding ?? address
  }
}
