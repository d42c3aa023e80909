import Foundation
import Glibc
import TestSupport

/// A temporary home in which shells run: with folders for work and state, and a clean environment.
final class ShellPlace {
  /// Its environment, the same on each machine; for tests to change before a start.
  var environment: [String: String]

  private let root: TemporaryFolder

  init() throws {
    root = try TemporaryFolder()
    for name in ["home", "state", "work"] {
      try FileManager.default.createDirectory(
        atPath: root(name),
        withIntermediateDirectories: false
      )
    }
    environment = [
      "HOME": root("home"), "XDG_STATE_HOME": root("state"), "PATH": "/usr/bin:/bin",
      "TERM": "xterm-256color", "LANG": "C.UTF-8", "INPUTRC": "/dev/null", "RSE_THREADS": "1",
      "PAGER": "",
    ]
  }

  /// The working folder.
  var folder: String { root("work") }

  /// The file of the shell's history.
  var historyFile: String { root("state") + "/rse/history" }

  /// The text of the shell's history; empty before there is one.
  var history: String { (try? String(contentsOfFile: historyFile, encoding: .utf8)) ?? "" }

  /// The names in the working folder, hidden ones included.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  /// Writes a file into the working folder and gives its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try root.write(text, to: "work/" + name)
  }

  /// A start of `rse` in the working folder.
  func launch(_ arguments: [String] = []) -> Launch {
    Launch(
      path: Self.program,
      arguments: arguments,
      environment: environment,
      folder: folder
    )
  }

  /// A start of another program, given by its whole path, in the working folder.
  func launch(program: String, _ arguments: [String] = []) -> Launch {
    Launch(path: program, arguments: arguments, environment: environment, folder: folder)
  }

  /// The text of a file in the working folder.
  func text(of name: String) throws -> String { try root.text(of: "work/" + name) }

  /// `rse` as it was built together with these tests.
  static let program = programFolder + "/rse"

  /// The folder that the program and these tests were built into.
  static let programFolder: String = {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return (tests as NSString).deletingLastPathComponent
  }()
}
