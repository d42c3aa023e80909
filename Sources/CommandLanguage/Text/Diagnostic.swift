import Foundation

/// An error as reported to the user: what went wrong, where, and what to do about it.
package struct Diagnostic: Error, Sendable {
  /// The description of the error, without a full stop.
  package var message: String

  /// The text that contains the error.
  package var source: Source?

  /// The range of the error in that text.
  package var range: SourceRange?

  /// The argument of a call that the error concerns, if the call was not known where the diagnostic was made.
  package var argument: (any NamedArgument)?

  /// Facts that help to understand the message, one per line.
  package var notes: [String]

  /// The suggested correction.
  package var remedy: String?

  /// The error of the language behind the message, if there is one.
  package var reason: LanguageError?

  /// The error that a command threw, if the diagnostic stands for one.
  package var underlying: (any Error)?

  /// Makes a diagnostic in free wording.
  ///
  /// - Parameter argument: the argument that the error concerns; it supplies the range when the diagnostic reaches the
  ///   call.
  package init(
    _ message: String,
    about argument: (any NamedArgument)? = nil,
    source: Source? = nil,
    range: SourceRange? = nil,
    notes: [String] = [],
    remedy: String? = nil
  ) {
    self.message = Self.clipped(message)
    self.argument = argument
    self.source = source
    self.range = range
    self.notes = notes.map(Self.clipped)
    self.remedy = remedy.map(Self.clipped)
  }

  /// The longest message, in bytes.
  private static let longest = 2000

  /// Returns a text, without its middle if it is very long.
  private static func clipped(_ text: String) -> String {
    guard text.utf8.count > longest else { return text }
    // A character may have any length, so the cuts are between scalars.
    let scalars = text.unicodeScalars
    let start = String.UnicodeScalarView(scalars.prefix(longest / 4))
    let end = String.UnicodeScalarView(scalars.suffix(longest / 8))
    return "\(start) … \(end)"
  }

  /// Makes the diagnostic of an error of the language.
  package init(
    _ reason: LanguageError,
    source: Source?,
    range: SourceRange?,
    notes: [String] = []
  ) {
    self.init(
      reason.message,
      source: source,
      range: range,
      notes: notes,
      remedy: reason.remedy
    )
    self.reason = reason
  }

  /// Makes a diagnostic that stands for any error at a place.
  ///
  /// A diagnostic keeps its wording and, if it has one, its place.
  package init(wrapping error: any Error, source: Source, range: SourceRange) {
    if let diagnostic = error as? Diagnostic {
      self = diagnostic
      if self.range == nil || self.source == nil {
        self.source = source
        self.range = range
      }
      return
    }
    if let reason = error as? LanguageError {
      self.init(reason, source: source, range: range)
      return
    }
    let localized = error as? any LocalizedError
    let isFromFoundation =
      error is CocoaError || error is POSIXError || type(of: error) == NSError.self
    let plain = isFromFoundation ? error.localizedDescription : String(describing: error)
    self.init(
      localized?.errorDescription ?? plain,
      source: source,
      range: range,
      notes: localized?.failureReason.map { [$0] } ?? [],
      remedy: localized?.recoverySuggestion
    )
    underlying = error
  }

  /// Runs a body; attaches an argument to a diagnostic that it throws without one.
  package static func about<Result>(
    _ argument: any NamedArgument,
    _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch var diagnostic as Diagnostic where diagnostic.argument == nil {
      diagnostic.argument = argument
      throw diagnostic
    }
  }

  /// The line and column where the range starts.
  package var position: SourcePosition? {
    guard let source, let range else { return nil }
    return source.position(of: range.lower)
  }
}

extension Diagnostic: CustomStringConvertible {
  /// The diagnostic for people to read, without colours.
  package var description: String { rendered() }
}

extension Diagnostic: LocalizedError {
  /// The message.
  package var errorDescription: String? { message }

  /// The remedy.
  package var recoverySuggestion: String? { remedy }
}
