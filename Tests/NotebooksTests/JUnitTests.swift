import Foundation
import Testing

@testable import Notebooks

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Replays as JUnit XML")
struct JUnitTests {
  private func outcome(_ lines: String..., limit: Double? = nil) throws -> ReplayOutcome {
    let text = (["rsenb 1", "environment: \(ToyEvaluator().environment)"] + lines)
      .joined(separator: "\n")
    let report = try Notebook(parsing: text, file: "a \"b\" <c>.rsenb").replay(
      using: ToyEvaluator()
    )
    return ReplayOutcome(report, seconds: 1.5, cellSeconds: [1: 0.25], limit: limit)
  }

  private func document(_ outcomes: [ReplayOutcome]) throws -> XMLElement {
    let document = try XMLDocument(xmlString: JUnitReport(outcomes).text)
    return try #require(document.rootElement())
  }

  private func attribute(_ name: String, _ element: XMLElement?) -> String? {
    element?.attribute(forName: name)?.stringValue
  }

  @Test("have a suite a notebook and a case a cell, with the diff where one differs")
  func cases() throws {
    let root = try document([
      try outcome("say a", "| a", "say x < y & \u{1}", "| b", "fail no", "say never"),
      ReplayOutcome(file: "none.rsenb", reason: "cannot read none.rsenb"),
    ])
    #expect(
      ["tests", "failures", "errors", "skipped"].map { attribute($0, root) }
        == ["5", "1", "2", "1"]
    )
    let suites = root.elements(forName: "testsuite")
    #expect(suites.map { attribute("name", $0) } == ["a \"b\" <c>.rsenb", "none.rsenb"])
    let cases = suites[0].elements(forName: "testcase")
    #expect(cases.count == 4)
    #expect(attribute("time", cases[0]) == "0.250" && cases[0].childCount == 0)
    let failure = cases[1].elements(forName: "failure").first
    #expect(failure?.stringValue?.contains("expected | b\n  got      | x < y & \u{FFFD}") == true)
    #expect(cases[2].elements(forName: "error").count == 1)
    #expect(cases[3].elements(forName: "skipped").count == 1)
    let whole = suites[1].elements(forName: "testcase").first?.elements(forName: "error").first
    #expect(attribute("message", whole) == "cannot read none.rsenb")
  }

  @Test("count a notebook that took too long as failed, with what ran before")
  func outOfTime() throws {
    let outcome = try outcome("say a", "| a", "stop", limit: 2)
    #expect(outcome.status == .failed)
    #expect(outcome.summary == "not done after 2 s: interrupted in cell 2 of 2")
    let cases = try document([outcome]).elements(forName: "testsuite").first?
      .elements(forName: "testcase")
    #expect(cases?.count == 2 && cases?.first?.childCount == 0)
    #expect(cases?.last?.elements(forName: "error").count == 1)
  }

  @Test("of several are worth the worst, and are counted in one line")
  func summary() throws {
    let done = try outcome("say a", "| a")
    let differing = try outcome("say a", "| b")
    #expect([done, differing].status == .differs)
    #expect([differing, ReplayOutcome(file: "c", reason: "x"), done].status == .failed)
    #expect(
      [done, done, differing].summary == "3 notebooks: 2 identical, 1 differs"
    )
    #expect(
      [done, ReplayOutcome(file: "c", reason: "not run", status: .interrupted)].status
        == .interrupted
    )
  }
}
