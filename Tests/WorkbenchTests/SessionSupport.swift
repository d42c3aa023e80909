import CommandLanguage
import Foundation
import Notebooks
import TestSupport

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

/// A session in a folder of its own, and what it showed.
final class TestSession {
  let folder: TemporaryFolder
  let session: Session
  private(set) var diagnostics: [Diagnostic] = []

  init() throws {
    folder = try TemporaryFolder()
    session = Session(folder: folder.path)
  }

  @discardableResult
  func submit(_ text: String) -> CellOutcome {
    session.submit(text, name: "test") { self.diagnostics.append($0) }
  }

  /// The lines that replays compare.
  func stableLines(_ text: String) -> [String] {
    submit(text).output.filter { !$0.isVolatile }.map(\.text)
  }

  /// The files in the folder, also hidden ones.
  var files: [String] {
    (try? folder.names()) ?? []
  }
}

extension CellOutcome {
  /// The message of a failure.
  var failure: String? {
    if case .failed(let message) = ending { message } else { nil }
  }
}

extension Session {
  /// A session that a test may interrupt and watch.
  convenience init(
    folder: String = FileManager.default.currentDirectoryPath,
    overrides: Overrides = Overrides(),
    isInterrupted: @escaping () -> Bool,
    observer: @escaping (SessionEvent) -> Void = { _ in }
  ) {
    self.init(
      folder: folder,
      overrides: overrides,
      host: SessionHost(isInterrupted: isInterrupted, observer: observer)
    )
  }
}
