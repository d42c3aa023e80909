import Foundation

/// Replays in JUnit's XML, which CI systems read: one test suite per notebook, one test case per cell.
package struct JUnitReport {
  private let outcomes: [ReplayOutcome]

  package init(_ outcomes: [ReplayOutcome]) { self.outcomes = outcomes }

  /// The XML, with a final line feed.
  package var text: String {
    let suites = outcomes.map(Suite.init)
    let counts = suites.reduce(Counts()) { $0 + $1.counts }
    let seconds = outcomes.reduce(0) { $0 + $1.seconds }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="rse replay" \(counts.attributes) time="\(Self.time(seconds))">
      \(suites.map(\.text).joined())</testsuites>

      """
  }

  /// The numbers of test cases and of their outcomes.
  private struct Counts {
    var tests = 0
    var failures = 0
    var errors = 0
    var skipped = 0

    var attributes: String {
      "tests=\"\(tests)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\""
    }

    static func + (first: Counts, second: Counts) -> Counts {
      Counts(
        tests: first.tests + second.tests,
        failures: first.failures + second.failures,
        errors: first.errors + second.errors,
        skipped: first.skipped + second.skipped
      )
    }
  }

  private struct Suite {
    var counts = Counts()
    var text = ""

    init(_ outcome: ReplayOutcome) {
      let name = XMLText.escaped(outcome.file)
      var cases = ""
      for cell in outcome.cells {
        cases += testCase(cell, of: name, outcome)
      }
      // A problem with the notebook as a whole belongs to none of its cells.
      let isCellAmiss = outcome.cells.contains { $0.verdict != .matched && $0.verdict != .notRun }
      if outcome.status != .done, !isCellAmiss {
        cases += wholeCase(of: name, outcome)
      }
      text = """
          <testsuite name="\(name)" \(counts.attributes) time="\(JUnitReport.time(outcome.seconds))">
        \(cases)  </testsuite>

        """
    }

    private mutating func testCase(
      _ cell: ReplayOutcome.Cell,
      of suite: String,
      _ outcome: ReplayOutcome
    ) -> String {
      counts.tests += 1
      let first = cell.code.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
      let title = XMLText.escaped("cell \(cell.number), line \(cell.line): \(first)")
      let start =
        "    <testcase classname=\"\(suite)\" name=\"\(title)\" "
        + "time=\"\(JUnitReport.time(cell.seconds))\""
      let text = XMLText.escaped(cell.text, isAttribute: false)
      switch cell.verdict {
      case .matched: return start + "/>\n"
      case .notRun:
        counts.skipped += 1
        return start + "><skipped message=\"not run\"/></testcase>\n"
      case .differs:
        counts.failures += 1
        return start + "><failure message=\"differs\">\(text)</failure></testcase>\n"
      case .failed:
        counts.errors += 1
        return start + "><error message=\"failed\">\(text)</error></testcase>\n"
      case .interrupted:
        counts.errors += 1
        let message = outcome.limit == nil ? "interrupted" : XMLText.escaped(outcome.summary)
        return start + "><error message=\"\(message)\">\(text)</error></testcase>\n"
      }
    }

    private mutating func wholeCase(of suite: String, _ outcome: ReplayOutcome) -> String {
      counts.tests += 1
      let start = "    <testcase classname=\"\(suite)\" name=\"notebook\" time=\"0.000\">"
      let message = XMLText.escaped(outcome.summary)
      switch outcome.status {
      case .done, .interrupted:
        counts.skipped += 1
        return start + "<skipped message=\"\(message)\"/></testcase>\n"
      case .differs:
        counts.failures += 1
        let text = XMLText.escaped(outcome.diff, isAttribute: false)
        return start + "<failure message=\"\(message)\">\(text)</failure></testcase>\n"
      case .failed:
        counts.errors += 1
        return start + "<error message=\"\(message)\"/></testcase>\n"
      }
    }
  }

  private static func time(_ seconds: Double) -> String {
    String(format: "%.3f", locale: Locale(identifier: "en_US_POSIX"), seconds)
  }
}

/// Text in XML 1.0.
enum XMLText {
  /// Returns the text with markup escaped, for an attribute or for content between tags; characters that XML does not
  /// allow become U+FFFD.
  static func escaped(_ text: String, isAttribute: Bool = true) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n" where !isAttribute, "\t" where !isAttribute:
        result.unicodeScalars.append(scalar)
      // Without references they would become blanks or other line endings.
      case "\n", "\t", "\r": result += "&#\(scalar.value);"
      case "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
        result.unicodeScalars.append(scalar)
      default: result += "\u{FFFD}"
      }
    }
    return result
  }
}
