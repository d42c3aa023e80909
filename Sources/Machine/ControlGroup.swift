import Foundation

/// A Linux control group of a process, as containers use them.
package struct ControlGroup {
  /// The folders of a hierarchy, from the group's own up to the root.
  private let folders: [String]
  /// The file in each folder that holds the limit.
  private let file: String

  /// The lowest memory limit among this process's groups, in bytes; nil for none.
  package static var memoryLimit: Double? {
    let groups = try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)
    return of(groups ?? "", root: "/sys/fs/cgroup").compactMap(\.limit).min()
  }

  /// Returns the groups that may have a memory limit.
  ///
  /// - Parameters:
  ///   - text: the content of `/proc/PROCESS/cgroup`: lines of `NUMBER:CONTROLLERS:PATH`, see cgroups(7).
  ///   - root: the folder where the hierarchies are mounted.
  package static func of(_ text: String, root: String) -> [ControlGroup] {
    text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return nil }
      let path = String(fields[2])
      if fields[0] == "0", fields[1].isEmpty {
        return ControlGroup(folders: folders(path, below: root), file: "memory.max")
      }
      guard fields[1].split(separator: ",").contains("memory") else { return nil }
      return ControlGroup(
        folders: folders(path, below: root + "/memory"),
        file: "memory.limit_in_bytes"
      )
    }
  }

  /// The lowest limit of the group and its ancestors; a container may see only some of them.
  package var limit: Double? {
    folders.compactMap { folder in
      let text = try? String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      return text.flatMap { Double($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }.min()
  }

  private static func folders(_ path: String, below root: String) -> [String] {
    var folders = [root]
    for name in path.split(separator: "/") where name != ".." {
      folders.append(folders[folders.count - 1] + "/" + name)
    }
    return folders
  }
}
