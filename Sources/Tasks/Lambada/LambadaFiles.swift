import Files
import Foundation

/// The files of passages in a folder, by role.
///
/// The name of a text file (`.txt`, `.jsonl`, each also compressed, such as `.txt.gz`) determines its role: it
/// contains `train`, `dev` or `valid`, or `test`; development files take precedence over validation files. Text files
/// in a folder whose name contains `novel` are whole texts. The published control set is ignored.
struct LambadaFiles {
  /// A file with the name that users know.
  struct File: Hashable {
    let path: String
    let name: String
    /// True if each line is an object with the passage under `text`.
    var isJSON: Bool { name.lowercased().contains(".json") }
  }

  private(set) var training: [File] = []
  private(set) var novels: [File] = []
  private(set) var validation: [File] = []
  private(set) var test: [File] = []

  /// Remarks on the files that are left out.
  private(set) var remarks: [String] = []

  private static let endings = [".txt", ".jsonl", ".json"]
  private static let packings = ["", ".gz", ".bz2", ".xz", ".zst"]

  /// - Parameters:
  ///   - path: the folder.
  ///   - name: the folder's name in messages.
  /// - Throws: `TextFileError` if the folder is missing or unreadable, or has no files of passages.
  init(path: String, name: String) throws(TextFileError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw TextFileError(name, "there is no such file or folder", "check the name")
    }
    guard isFolder.boolValue else {
      throw TextFileError(
        name,
        "this is a file",
        "name the folder with files such as train.txt and lambada_test_plain_text.txt"
      )
    }
    // The listing does not follow a link to the folder itself.
    let path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let names: [String]
    do {
      names = try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
    } catch {
      throw TextFileError(name, "the folder cannot be read", "check its permissions")
    }
    var developed: [File] = []
    for own in names where Self.isText(own) {
      guard FileManager.default.fileExists(atPath: "\(path)/\(own)") else {
        let error = FileReadError(file: "\(name)/\(own)", .system(ENOENT))
        remarks.append("\(error.message), and it is left out; \(error.remedy)")
        continue
      }
      let file = File(path: "\(path)/\(own)", name: "\(name)/\(own)")
      let parts = own.lowercased().split(separator: "/")
      let word = parts.last ?? ""
      if parts.dropLast().contains(where: { $0.contains("novel") }) {
        novels.append(file)
      } else if word.contains("control") {
        continue
      } else if word.contains("train") {
        training.append(file)
      } else if word.contains("dev") {
        developed.append(file)
      } else if word.contains("valid") {
        validation.append(file)
      } else if word.contains("test") {
        test.append(file)
      }
    }
    if !developed.isEmpty { validation = developed }
    guard !training.isEmpty || !novels.isEmpty || !validation.isEmpty || !test.isEmpty else {
      throw TextFileError(
        name,
        "there is no file of passages in it",
        "the names of the files say what they are for: train.txt, valid.txt, lambada_test_plain_text.txt"
      )
    }
  }

  private static func isText(_ name: String) -> Bool {
    let name = name.lowercased()
    return endings.contains { ending in packings.contains { name.hasSuffix(ending + $0) } }
  }
}
