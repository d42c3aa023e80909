import CommandLanguage
import Foundation

extension Session: CompletionHost {
  /// Returns the completions at the end of a text that is being typed; changes nothing.
  package func completion(of text: String) -> Completion {
    Completer(
      registry: catalog.commands,
      variables: evaluator.variables,
      defined: evaluator.definitions.values.map(\.declaration).sorted { $0.name < $1.name },
      host: self
    ).completion(of: text)
  }

  package func names(of thing: String) -> [(name: String, summary: String)] {
    switch thing {
    case "model":
      models.map { slot in
        (slot.name, "\(slot.request.form.maps) maps, step \(slot.trainer?.step ?? 0)")
      }
    case "shipped model": ShippedModel.all.map { ($0.name, "ships with rse") }
    case "history action": [("save", "write a notebook of what succeeded")]
    case "recording":
      [("start", "begin a notebook of what is typed"), ("stop", "end it")]
        + paths(beginningWith: "", extensions: ["rsenb"]).filter { !$0.hasSuffix("/") }
        .map { ($0, "write its output into it") }
    case HelpIndex.topicNames: catalog.help.topics.map { ($0, "") }
    default: catalog.names[thing]?() ?? []
    }
  }

  package func paths(beginningWith text: String, extensions: [String]?) -> [String] {
    let typedFolder = text.lastIndex(of: "/").map { String(text[...$0]) } ?? ""
    let beginning = text.dropFirst(typedFolder.count)
    if text == "~" { return ["~/"] }
    let place = typedFolder.isEmpty ? folder : absolutePath(typedFolder)
    var paths: [String] = []
    for entry in FolderEntry.all(in: place, beginningWith: String(beginning)) {
      if entry.name.hasPrefix("."), !beginning.hasPrefix(".") { continue }
      if entry.isFolder {
        paths.append(typedFolder + entry.name + "/")
      } else if let extensions {
        let name = entry.name.lowercased()
        let fits = extensions.isEmpty || extensions.contains { name.hasSuffix("." + $0) }
        if fits { paths.append(typedFolder + entry.name) }
      }
    }
    return paths.sorted()
  }
}

/// A name in a folder.
private struct FolderEntry {
  let name: String
  let isFolder: Bool

  /// The maximum number of entries that are read, so that completion is instant in any folder.
  private static let limit = 20_000

  /// Returns the entries of a folder whose names begin with a text; none if it cannot be read.
  static func all(in folder: String, beginningWith text: String) -> [FolderEntry] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var entries: [FolderEntry] = []
    var count = 0
    while count < limit, let entry = readdir(directory) {
      count += 1
      // The name ends in a zero byte within its array.
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
      }
      guard let name, name != ".", name != "..", name.hasPrefix(text) else { continue }
      var isFolder = entry.pointee.d_type == UInt8(DT_DIR)
      if entry.pointee.d_type == UInt8(DT_LNK) || entry.pointee.d_type == UInt8(DT_UNKNOWN) {
        var status = stat()
        isFolder = stat(folder + "/" + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      }
      entries.append(FolderEntry(name: name, isFolder: isFolder))
    }
    return entries
  }
}
