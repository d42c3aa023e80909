import CommandLanguage
import Foundation
import TestSupport
import Testing

@Suite("The syntax files of Vim")
struct VimTests {
  private static let groups: [SyntaxPart.Kind: [String]] = [
    .comment: ["rseComment", "rsenbProse", "rsenbMark"], .keyword: ["rseKeyword", "rseConstant"],
    .command: ["rseCommand", "rseUnknown", "rseDefName"],
    .option: ["rseOption_", "rseAnyOption", "rseValueName"],
    .variable: [
      "rseReference", "rseInText", "rseNewName", "rseParamName", "rseForName", "rseDefValue",
    ],
    .number: ["rseNumber"], .string: ["rseString", "rseTailString"],
  ]

  /// Groups that only hold others: what has no other is unknown.
  private static let containers = [
    "rseCall_", "rseUnknownCall", "rseParam", "rseFor", "rseParen", "rseDef", "rseDefParen",
  ]

  /// Arguments that start an editor without settings, a window or a swap file.
  private static let editors = [
    ("/usr/bin/vim", ["-Nu", "NONE", "-n", "-i", "NONE", "-es"]),
    ("/usr/bin/nvim", ["-u", "NONE", "-n", "-i", "NONE", "--headless"]),
  ]

  /// Writes the group of each byte of each line.
  private static let script = """
    let s:out = []
    for s:path in readfile(g:paths)
      execute 'edit' fnameescape(s:path)
      for s:line in range(1, line('$'))
        let s:names = map(range(1, len(getline(s:line))), 'synIDattr(synID(s:line, v:val, 1), "name")')
        call add(s:out, join(s:names, ','))
      endfor
    endfor
    call writefile(s:out, g:result)
    qall!
    """

  @Test(
    "leave no token of any notebook unknown, and see in it what the parser sees",
    arguments: editors
  )
  func notebooks(editor: String, arguments: [String]) throws {
    guard FileManager.default.isExecutableFile(atPath: editor) else {
      let name = (editor as NSString).lastPathComponent
      print(
        "SKIPPED: \(name) is not installed (apt-get install \(name == "vim" ? "vim" : "neovim"))"
      )
      return
    }
    let folder = try TemporaryFolder()
    let paths = try Samples.paths(in: folder.path)
    let script = try folder.write(Self.script, to: "script.vim")
    let list = try folder.write(paths.joined(separator: "\n") + "\n", to: "paths")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: editor)
    process.arguments =
      arguments + [
        "-c", "set runtimepath^=\(Samples.editors)/vim encoding=utf-8", "-c", "filetype plugin on",
        "-c", "syntax on", "-c", "let g:rse_lsp = 0", "-c", "let g:paths = '\(list)'",
        "-c", "let g:result = '\(folder("result"))'", "-c", "source \(script)",
      ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let result = try folder.text(of: "result")
    var rest = result.split(separator: "\n", omittingEmptySubsequences: false)[...]
    for path in paths {
      var lines = try String(contentsOfFile: path, encoding: .utf8)
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if lines.last == "" { lines.removeLast() }
      let groups = rest.prefix(lines.count).map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      rest = rest.dropFirst(lines.count)
      try check(path, lines, groups)
    }
  }

  private func check(_ path: String, _ lines: [String], _ groups: [[String]]) throws {
    var unknown: Set<String> = []
    for (line, groups) in zip(lines, groups) {
      for (byte, group) in zip(line.utf8, groups) where byte != 0x20 && byte != 0x09 {
        let isContainer = Self.containers.contains { name in
          name.hasSuffix("_") ? group.hasPrefix(name) : group == name
        }
        #expect(group != "" && !isContainer, "\(path): \(line)")
      }
      unknown.formUnion(Samples.words(of: line, where: groups.map { $0 == "rseUnknown" }))
    }
    #expect(unknown.sorted() == (try Samples.unknownNames(in: path)))
    for part in try Samples.parts(of: path) {
      let group = groups[part.line][part.byte]
      #expect(
        Self.groups[part.kind]?.contains { group.hasPrefix($0) } == true,
        "\(path):\(part.line + 1): \(part.kind) at byte \(part.byte) is \(group): \(lines[part.line])"
      )
    }
  }
}
