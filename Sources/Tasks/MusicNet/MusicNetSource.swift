import Files
import Foundation

/// The source of a set.
enum MusicNetSource {
  /// A folder, and the paths in it that belong to the layout.
  case folder(String, [String])
  case archive(FileArchive)

  static let form =
    "give the folder that holds train_data and train_labels, or musicnet.tar.gz"

  /// The remedy for pickles: the published archive at https://zenodo.org/records/5120004, with its size in bytes and
  /// its MD5.
  private static let published =
    "get musicnet.tar.gz from https://zenodo.org/records/5120004 (11,097,394,998 bytes, MD5 "
    + "844764911fa0d5b97c97da944a057590), and give its path or the folder with its content"

  /// Finds the layout at `path` or one folder below, or an archive.
  ///
  /// - Throws: `DataFault`.
  init(path: String) throws(DataFault) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw DataFault(file: path, "there is no such file or folder", "correct the path")
    }
    guard isFolder.boolValue else {
      if path.lowercased().hasSuffix(".npz") {
        throw DataFault(
          file: path,
          "its arrays are pickles, which can run code when they are read",
          Self.published
        )
      }
      guard FileArchive.isArchive(path) else {
        throw DataFault(file: path, "this is neither a folder nor an archive", Self.form)
      }
      self = .archive(FileArchive(path: path))
      return
    }
    for folder in [path] + Self.names(path).map({ "\(path)/\($0)" }) {
      let paths = Self.layout(folder)
      if !paths.isEmpty {
        self = .folder(folder, paths)
        return
      }
    }
    if let name = Self.names(path).first(where: FileArchive.isArchive) {
      self = .archive(FileArchive(path: "\(path)/\(name)"))
      return
    }
    throw DataFault(file: path, "there are no train_data and train_labels in it", Self.form)
  }

  private static func layout(_ folder: String) -> [String] {
    ["train_data", "train_labels", "test_data", "test_labels"].flatMap { part in
      names("\(folder)/\(part)").map { "\(part)/\($0)" }
    }.filter { MusicNetListing.kind(of: $0) != nil }
  }

  private static func names(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }
}
