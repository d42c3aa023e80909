import Foundation

/// The bundled files, found from any working directory.
package enum ShippedFiles {
  /// The environment variable that names another folder of such files.
  package static let variable = "RSE_ASSETS"

  /// The folder of the bundled files; nil if there is none.
  ///
  /// It is the one that `RSE_ASSETS` names; otherwise `Assets` beside the executable, `share/rse` beside its folder, as in a
  /// package, or that of the source tree that the program was built from.
  package static var folder: String? {
    let wish = ProcessInfo.processInfo.environment[variable] ?? ""
    let places = [
      programFolder.appendingPathComponent("Assets").path,
      programFolder.deletingLastPathComponent().appendingPathComponent("share/rse").path,
      sourceTree + "/Assets",
    ]
    return (wish.isEmpty ? places : [wish]).first { isFolder($0) }
  }

  /// An explanation for messages that there are none: the remedy, or the wrong value of the variable.
  static var absence: String {
    let wish = ProcessInfo.processInfo.environment[variable] ?? ""
    return wish.isEmpty
      ? "copy the folder Assets beside the program, or name it in \(variable)"
      : "\(variable) names \(wish), where none are"
  }

  private static var programFolder: URL {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
  }

  private static var sourceTree: String {
    (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
      .path
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
