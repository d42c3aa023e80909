extension PictureMethod {
  /// Returns the method that shows the most detail in a terminal.
  ///
  /// Inside tmux or screen the outer terminal's own protocols do not get through, so only the multiplexer's own answers
  /// count.
  ///
  /// - Parameters:
  ///   - abilities: The terminal's answers.
  ///   - environment: The program's environment variables.
  package static func best(
    _ abilities: TerminalAbilities,
    environment: [String: String]
  ) -> PictureMethod {
    if TerminalKind(environment).isPlain { return .blocks }
    let isMultiplexed = ["TMUX", "STY"].contains { !(environment[$0] ?? "").isEmpty }
    if !isMultiplexed {
      if abilities.hasKittyGraphics { return .kitty }
      if showsITermImages(abilities, environment) { return .iterm }
    }
    return abilities.hasSixel ? .sixel : .blocks
  }

  private static func showsITermImages(
    _ abilities: TerminalAbilities,
    _ environment: [String: String]
  ) -> Bool {
    // The terminal's own name outweighs variables that an outer terminal may have set.
    if let name = abilities.name {
      return ["iTerm2", "WezTerm"].contains { name.hasPrefix($0) }
    }
    let program = environment["TERM_PROGRAM"] ?? ""
    // A setting of Visual Studio Code enables images and sixel graphics together.
    if program == "vscode" { return abilities.hasSixel }
    return ["iTerm.app", "WezTerm"].contains(program) || environment["LC_TERMINAL"] == "iTerm2"
  }
}

extension BlockStyle {
  /// Creates the style that environment variables announce: colours by `NO_COLOR`, `COLORTERM` and `TERM`, characters
  /// by the locale.
  package init(environment: [String: String]) {
    let kind = TerminalKind(environment)
    self.init(
      colors: Self.colors(environment, kind),
      characters: kind.isPlain || !Self.isUTF8(environment) ? .ascii : .unicode
    )
  }

  private static func colors(_ environment: [String: String], _ kind: TerminalKind) -> Colors {
    if kind.isDumb || !(environment["NO_COLOR"] ?? "").isEmpty { return .none }
    if ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") { return .truecolor }
    if kind.name.hasSuffix("-direct") || kind.name.contains("kitty") { return .truecolor }
    return kind.name.contains("256color") ? .indexed : .basic
  }

  /// Returns true if the first locale variable that is set names UTF-8.
  private static func isUTF8(_ environment: [String: String]) -> Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty }
    let name = (locale ?? "").lowercased()
    return name.contains("utf-8") || name.contains("utf8")
  }
}

/// The kind of terminal that `TERM` names.
package struct TerminalKind: Sendable {
  /// The value of `TERM`, empty if there is none.
  package let name: String

  /// Reads the environment variables.
  package init(_ environment: [String: String]) {
    name = environment["TERM"] ?? ""
  }

  /// True if the terminal has no control sequences.
  package var isDumb: Bool { name.isEmpty || name == "dumb" }

  /// True if the terminal has only plain characters and perhaps colours, and must not be queried.
  package var isPlain: Bool { isDumb || name == "linux" }
}
