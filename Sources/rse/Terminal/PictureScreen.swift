import ArgumentParser
import Foundation
import Plotting
import TerminalPictures

/// Shows figures in the terminal on standard output.
final class PictureScreen {
  /// How figures without a file are shown.
  enum Choice: String, CaseIterable, ExpressibleByArgument {
    /// As the terminal allows; not at all where there is none.
    case auto
    case never
    case kitty
    case iterm
    case sixel
    case blocks
  }

  /// Keys that came while the terminal was asked what it can do, for the line editor.
  var typedAhead: [UInt8] = []
  private let choice: Choice
  private let environment = ProcessInfo.processInfo.environment
  private var abilities: TerminalAbilities?

  init(_ choice: Choice) { self.choice = choice }

  /// Shows a figure; tells whether the terminal could.
  ///
  /// - Parameter theme: nil for the one that suits the terminal's background.
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

  /// Whether it shows pictures from files: in pixels, which other programs do not pass on.
  var showsFiles: Bool {
    let isPossible = Terminal.outputIsTerminal && !TerminalKind(environment).isPlain
    guard choice != .never, choice != .auto || isPossible else { return false }
    return [.kitty, .iterm].contains(method)
  }

  /// What shows a PNG file of so many pixels; nil where the terminal does not, or is too small.
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
