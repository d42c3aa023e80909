import Foundation

/// The input of earlier sessions and of this one.
struct KernelHistory {
  private struct Entry {
    /// 0 for all earlier sessions, 1 for this one.
    let session: Int
    /// The number of the request.
    let line: Int
    let text: String
  }

  private var entries: [Entry]

  /// - Parameter earlier: the input of earlier sessions, oldest first.
  init(earlier: [String]) {
    entries = earlier.enumerated().map { Entry(session: 0, line: $0 + 1, text: $1) }
  }

  mutating func add(_ text: String, line: Int) {
    entries.append(Entry(session: 1, line: line, text: text))
  }

  /// Returns the entries that a request selects, each with session, line and text.
  func answer(_ request: KernelRequest.History) -> [(session: Int, line: Int, text: String)] {
    var found = entries
    switch request.access {
    case "range":
      // 0 is this session, -1 the previous one.
      let session = (request.session ?? 0) <= 0 ? 1 + (request.session ?? 0) : request.session
      let lines = (request.start ?? 1)..<max(request.start ?? 1, request.stop ?? .max)
      found = found.filter { $0.session == session && lines.contains($0.line) }
    case "search":
      let pattern = request.pattern ?? "*"
      found = found.filter { fnmatch(pattern, $0.text, 0) == 0 }
      if request.unique == true {
        var seen: Set<String> = []
        found = found.reversed().filter { seen.insert($0.text).inserted }.reversed()
      }
      if let count = request.count { found = found.suffix(max(0, count)) }
    default: found = found.suffix(max(0, request.count ?? 10))
    }
    return found.map { ($0.session, $0.line, $0.text) }
  }
}
