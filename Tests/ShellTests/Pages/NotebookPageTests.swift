import Foundation
import Testing

@Suite(
  "The page of a notebook, in a browser",
  .serialized,
  .enabled(if: Browser.path != nil, Browser.absence)
)
struct NotebookPageTests {
  private static let line = String(repeating: "123456789 ", count: 10).dropLast() + "0"

  private func page(in place: ShellPlace) throws -> String {
    try place.write(
      "rsenb 1\n\n\"\(Self.line.dropLast(2))\"\n| \(Self.line)\n\nseed 7\n\n# ```\n# \(Self.line)\n# ```\n",
      to: "a.rsenb"
    )
    let run = try PipedRun(["export", "a.rsenb"], in: place)
    #expect(run.ending == .status(0), "\(run.errors)")
    return place.folder + "/a.html"
  }

  @Test("shows lines of 100 characters whole at the width of a desk")
  func width() throws {
    let place = try ShellPlace()
    let browser = try Browser(try page(in: place), width: 1200)
    let fits = "[...document.querySelectorAll('pre')].every(p => p.scrollWidth <= p.clientWidth)"
    try browser.wait("document.readyState === 'complete'")
    #expect(try browser.text("String(\(fits))") == "true")
    let phone = try Browser(try page(in: place), width: 400, isPhone: true)
    try phone.wait("document.readyState === 'complete'")
    let stays = "String(document.documentElement.scrollWidth <= innerWidth)"
    #expect(try phone.text(stays) == "true")
  }

  @Test("has a button for each piece of code that copies it, and asks for nothing else")
  func copying() throws {
    let place = try ShellPlace()
    let browser = try Browser(
      try page(in: place),
      script: """
        Object.defineProperty(navigator, "clipboard", {
          value: { writeText: async (text) => { window.copied = text; } }
        });
        """
    )
    try browser.wait("document.querySelectorAll('button.copy').length === 2")
    _ = try browser.value("document.querySelectorAll('button.copy')[1].click()")
    try browser.wait("window.copied === 'seed 7'")
    try browser.wait("document.querySelectorAll('button.copy')[1].textContent === 'Copied'")
    #expect(browser.complaints.isEmpty, "\(browser.complaints)")
    #expect(browser.requests.allSatisfy { $0.hasPrefix("file:") })
  }
}
