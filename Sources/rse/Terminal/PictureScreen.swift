import ArgumentParser
import Foundation
import Plotting
import TerminalPictures

/// Shows figures in the terminal on standard output.
final class PictureScreen {
  /// The way to show figures without a file.
  enum Choice: String, CaseIterable, ExpressibleByArgument {
    /// The best that the terminal supports; nothing without a terminal.
    case auto
    case never
    case kitty
    case iterm
    case sixel
    case blocks
  }

  /// Keys typed while the terminal was queried for its abilities, for the line editor.
  var typedAhead: [UInt8] = []
  private let choice: Choice
  private let environment = ProcessInfo.processInfo.environment
  private var abilities: TerminalAbilities?

  init(_ choice: Choice) { self.choice = choice }

  /// Shows a figure; returns true if the terminal was able to.
  ///
  /// - Parameter theme: nil for the one that matches the terminal's background.
  func show(_ figure: Figure, theme: Theme?) throws -> Bool {
    let isPossible = Terminal.outputIsTerminal && !TerminalKind(environment).isPlain
    guard choice != .never, choice != .auto || isPossible else { return false }
    let abilities = askedOnce()
    let picture = TerminalPicture(
      figure,
      theme: theme ?? abilities.theme,
      screen: TerminalScreen(columns: Terminal.width, rows: Terminal.rows, cell: abilities.cell)
    )
    let style = BlockStyle(environment: environment)
    guard let text = try picture.text(by: method, style: style) else { return false }
    Terminal.write(text, to: .standardOutput)
    return true
  }

  /// True if it shows pictures from files: in pixels, which other programs do not pass on.
  var showsFiles: Bool {
    let isPossible = Terminal.outputIsTerminal && !TerminalKind(environment).isPlain
    guard choice != .never, choice != .auto || isPossible else { return false }
    return [.kitty, .iterm].contains(method)
  }

  /// Returns the text that shows a PNG file of the given size; nil if the terminal cannot, or is too small.
  func text(png: [UInt8], width: Int, height: Int) -> String? {
    showsFiles
      ? TerminalImage(png: png, width: width, height: height).text(
        by: method,
        on: TerminalScreen(columns: Terminal.width, rows: Terminal.rows, cell: askedOnce().cell)
      ) : nil
  }

  private var method: PictureMethod {
    PictureMethod(rawValue: choice.rawValue)
      ?? PictureMethod.best(askedOnce(), environment: environment)
  }

  private func askedOnce() -> TerminalAbilities {
    if let abilities { return abilities }
    let answer = TerminalAbilities.ask(environment: environment)
    typedAhead += answer.typed
    abilities = answer.abilities
    return answer.abilities
  }
}
