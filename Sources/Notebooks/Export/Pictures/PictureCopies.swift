/// The copies of pictures that go into a folder beside a document.
struct PictureCopies {
  /// The folder's path, beside the document.
  let folder: String
  /// The folder's name.
  let folderName: String
  /// The copies, in the order in which they were requested.
  private(set) var files: [ExportedFile] = []
  private var names: [FileIdentity: String] = [:]
  private var taken: Set<String> = []

  /// Prepares copies for a document at a path: `a/b.md` has its pictures in `a/b_files`.
  init(beside path: String) {
    let name = path.fileName
    let ending = name.utf8.lastIndex(of: UInt8(ascii: "."))
    let stem = ending.map { $0 == name.startIndex ? name[...] : name[..<$0] } ?? name[...]
    folderName = stem + "_files"
    folder = folderName.inFolder(path.folderName)
  }

  /// Adds a picture once, and returns its path relative to the document.
  ///
  /// Pictures from several folders with the same name are numbered, also if the names differ only in
  /// case. An existing file is replaced, unless it is one of the notebook's other pictures.
  ///
  /// - Parameters:
  ///   - picture: The picture.
  ///   - name: The picture, as the notebook names it.
  ///   - pictures: All files that the notebook's pictures come from.
  mutating func add(_ picture: Picture, named name: String, among pictures: Set<FileIdentity>)
    -> String
  {
    if let known = names[picture.identity] { return folderName + "/" + known }
    let base = name.fileName
    let dot = base.utf8.lastIndex(of: UInt8(ascii: ".")) ?? base.endIndex
    var candidate = base
    var number = 2
    while !isFree(candidate, for: picture, among: pictures) {
      candidate = "\(base[..<dot])-\(number)\(base[dot...])"
      number += 1
    }
    taken.insert(candidate.lowercased())
    names[picture.identity] = candidate
    files.append(ExportedFile(path: folder + "/" + candidate, bytes: picture.bytes))
    return folderName + "/" + candidate
  }

  private func isFree(
    _ name: String,
    for picture: Picture,
    among pictures: Set<FileIdentity>
  ) -> Bool {
    if taken.contains(name.lowercased()) { return false }
    guard let there = FileIdentity(at: folder + "/" + name) else { return true }
    return there == picture.identity || !pictures.contains(there)
  }
}
