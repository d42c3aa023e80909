import Foundation

/// A new empty folder that is removed with its content when the value goes away.
package final class TemporaryFolder {
  /// The folder's path.
  package let path: String

  package init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("rse-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a name in the folder.
  package func callAsFunction(_ name: String) -> String { path + "/" + name }

  /// Writes a file into the folder, not atomically, and gives its path.
  @discardableResult
  package func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: self(name)))
    return self(name)
  }

  /// Writes a script of the shell that can be started as a program, and gives its path.
  ///
  /// Another process puts it in its place: a file that this one has had open for writing cannot be started while a child
  /// of another test, which has inherited it, has not begun its own program yet (ETXTBSY).
  package func writeProgram(_ script: String, to name: String) throws -> String {
    let text = try write("#!/bin/sh\n\(script)\n", to: name + ".text")
    let install = try Process.run(
      URL(fileURLWithPath: "/usr/bin/install"),
      arguments: ["-m", "755", text, self(name)]
    )
    install.waitUntilExit()
    try FileManager.default.removeItem(atPath: text)
    return self(name)
  }

  /// The text of a file in the folder.
  package func text(of name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: self(name))), as: UTF8.self)
  }

  /// The names in the folder, hidden ones included, sorted.
  package func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }
}
