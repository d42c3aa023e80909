import Files
import Foundation

/// The git configuration for notebooks.
struct GitSetup {
  private static let attributes = "*.rsenb merge=rsenb diff=rsenb"
  private static let sections = ["merge.rsenb", "diff.rsenb"]

  private let scope: String
  /// The file in which git looks for attributes.
  private let attributesFile: String

  /// - Throws: `GitFault` outside a repository, unless the setup is global.
  init(isGlobal: Bool) throws {
    scope = isGlobal ? "--global" : "--local"
    if isGlobal {
      let known = try GitProgram.run("config", "--global", "--type=path", "core.attributesFile")
      let environment = ProcessInfo.processInfo.environment
      let folder =
        environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        ?? (environment["HOME"] ?? "") + "/.config"
      attributesFile =
        known.status == 0 && !known.text.isEmpty
        ? known.text : folder + "/git/attributes"
    } else {
      let answer = try GitProgram.run("rev-parse", "--show-toplevel")
      guard answer.status == 0, !answer.text.isEmpty else {
        throw GitFault(
          message: "this folder is in no working tree of git; go into one, or use --global"
        )
      }
      attributesFile = answer.text + "/.gitattributes"
    }
  }

  /// Sets up whatever is missing; returns the changes, one line each.
  func install() throws -> [String] {
    let program =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "rse"
    let quoted = "'" + program.replacing("'", with: "'\\''") + "'"
    let wanted = [
      ("merge.rsenb.name", "notebooks of rse, cell by cell"),
      ("merge.rsenb.driver", "\(quoted) git merge --marker-size %L --path %P %O %A %B"),
      ("diff.rsenb.textconv", "\(quoted) git textconv"),
    ]
    var done: [String] = []
    for (key, value) in wanted {
      guard try GitProgram.run("config", scope, "--get", key).text != value else { continue }
      guard try GitProgram.run("config", scope, "--replace-all", key, value).status == 0 else {
        throw GitFault(message: "git cannot write \(key) into its configuration")
      }
      done.append("set \(key)")
    }
    var lines = try attributeLines()
    if !lines.contains(Self.attributes) {
      lines.append(Self.attributes)
      try write(lines)
      done.append("wrote `\(Self.attributes)` into \(attributesFile)")
    }
    return done.isEmpty ? ["git is set up for notebooks already"] : done
  }

  /// Removes the setup; returns the changes, one line each.
  func remove() throws -> [String] {
    var done: [String] = []
    for section in Self.sections {
      let pattern = "^" + section.replacing(".", with: "\\.") + "\\."
      guard try GitProgram.run("config", scope, "--get-regexp", pattern).status == 0 else {
        continue
      }
      guard try GitProgram.run("config", scope, "--remove-section", section).status == 0 else {
        throw GitFault(message: "git cannot remove \(section) from its configuration")
      }
      done.append("removed \(section)")
    }
    let lines = try attributeLines()
    if lines.contains(Self.attributes) {
      try write(lines.filter { $0 != Self.attributes })
      done.append("took `\(Self.attributes)` out of \(attributesFile)")
    }
    return done.isEmpty ? ["git was not set up for notebooks"] : done
  }

  private func attributeLines() throws -> [String] {
    guard FileManager.default.fileExists(atPath: attributesFile) else { return [] }
    let text = try String(contentsOfFile: attributesFile, encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return lines.last == "" ? lines.dropLast() : lines
  }

  /// Writes the lines; without any, the file is removed.
  private func write(_ lines: [String]) throws {
    guard !lines.isEmpty else {
      return try FileManager.default.removeItem(atPath: attributesFile)
    }
    let folder = (attributesFile as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try AtomicFile.write(Array(lines.map { $0 + "\n" }.joined().utf8), to: attributesFile)
  }
}
