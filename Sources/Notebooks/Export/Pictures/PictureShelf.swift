import Foundation

/// The pictures of a notebook: each is read once, and those that are not there are noted.
struct PictureShelf {
  /// A picture in the notebook's folder, or what stands in its way.
  typealias Entry = Result<Picture, PictureFault>

  /// The folder that relative names start from.
  let folder: String
  /// The names of the pictures that cannot be shown, in the order in which they were asked for.
  private(set) var missing: [String] = []
  private var entries: [String: Entry] = [:]

  init(folder: String) { self.folder = folder }

  /// The picture of this name.
  mutating func picture(named name: String) -> Entry {
    if let known = entries[name] { return known }
    let entry = Entry { () throws(PictureFault) in try PictureFile.read(name.inFolder(folder)) }
    entries[name] = entry
    if case .failure = entry { missing.append(name) }
    return entry
  }

  /// The name of the file that prose shows by an address; nil if it lies on another machine.
  static func name(ofAddress address: String) -> String? {
    guard !address.isEmpty, MarkdownTree.scheme(of: address) == nil, !address.hasPrefix("//") else {
      return nil
    }
    return address.removingPercentEncoding ?? address
  }
}
