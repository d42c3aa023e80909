import CommandLanguage
import Sessions
import Workbench

/// Answers about code that is being typed.
extension Kernel {
  /// Returns the completions of code; places are counted in Unicode scalars.
  func completion(at place: KernelRequest.Place) -> Record {
    let text = place.before
    let completion = session.completion(of: text)
    let start = String(decoding: text.utf8.prefix(completion.range.lower), as: UTF8.self)
    let (first, end) = (start.unicodeScalars.count, text.unicodeScalars.count)
    let candidates = completion.candidates.map { candidate in
      Value.record([
        "start": .number(Double(first)), "end": .number(Double(end)),
        "text": .text(candidate.text), "type": .text(Self.sort(of: candidate)),
      ])
    }
    return [
      "status": .text("ok"), "matches": .texts(completion.candidates.map(\.text)),
      "cursor_start": .number(Double(first)), "cursor_end": .number(Double(end)),
      "metadata": .record(["_jupyter_types_experimental": .list(candidates)]),
    ]
  }

  /// Returns the kind of a candidate, which clients show beside it.
  private static func sort(of candidate: Completion.Candidate) -> String {
    switch candidate.text {
    case let text where text.hasSuffix("="): "option"
    case let text where text.hasPrefix("$"): "variable"
    case let text where text.hasSuffix("/"): "folder"
    default: ""
    }
  }

  /// Returns the help on the word at a place in code.
  func inspection(at place: KernelRequest.Place) -> Record {
    guard let entry = Session.help.entry(at: place.before.utf8.count, in: place.code) else {
      return [
        "status": .text("ok"), "found": .boolean(false), "data": .record([:]),
        "metadata": .record([:]),
      ]
    }
    let data: Record = [
      "text/plain": .text(entry.text(width: session.width)),
      "text/markdown": .text(entry.markdown()),
    ]
    return [
      "status": .text("ok"), "found": .boolean(true), "data": .record(data),
      "metadata": .record([:]),
    ]
  }

  /// Returns whether code is a complete statement.
  func completeness(of code: String) -> Record {
    switch session.completeness(of: code) {
    case .complete: ["status": .text("complete")]
    case .incomplete: ["status": .text("incomplete"), "indent": .text("")]
    case .invalid: ["status": .text("invalid")]
    }
  }
}
