import Foundation
import Sessions
import TestSupport
import Testing
import Workbench

@testable import RoutingWorkbench

@Suite(
  "The page of a lesson, in a browser",
  .serialized,
  .enabled(if: Browser.path != nil, Browser.absence)
)
struct LessonPageTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func page(isTrained: Bool = false) throws -> String {
    let path = folder("lesson.html")
    let trained = isTrained ? try TrainedMaps.traced(in: Session(folder: folder.path)) : nil
    try LessonPage(trained: trained).text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private func said(_ browser: Browser) throws -> String {
    try browser.text("document.getElementById('said').textContent.trim()")
  }

  private func content(_ id: String, in browser: Browser) throws -> String {
    try browser.text("document.getElementById('\(id)').textContent")
  }

  private func type(_ numbers: String, in browser: Browser) throws {
    try browser.value(
      """
      (() => {
        document.getElementById("numbers").value = "\(numbers)";
        document.querySelector("#typed button").click();
      })()
      """
    )
  }

  @Test("opens without errors, asks nothing of a network and names no address")
  func opening() throws {
    let path = try page(isTrained: true)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(!text.contains("://") && !text.contains("{{"))
    let browser = try Browser(path)
    #expect(browser.complaints == [] && browser.requests.count == 1)
    #expect(try content("verdict", in: browser).hasSuffix("outputs are wrong."))
  }

  @Test("the same numbers give the same bytes")
  func bytes() {
    #expect(LessonPage(trained: nil).text == LessonPage(trained: nil).text)
  }

  @Test("switches are set by keys, and what is wrong is told")
  func keys() throws {
    let browser = try Browser(try page())
    // Two elements change places: 0 and 1 in a network of 4.
    try type("1 0 2 3", in: browser)
    #expect(try content("verdict", in: browser) == "2 of 4 outputs are wrong.")
    #expect(
      try content("faults", in: browser)
        == "Output 0 gets 0 and should get 1, which leaves at output 1."
        + "Output 1 gets 1 and should get 0, which leaves at output 0."
    )
    try browser.value("document.querySelector('#practice-board [tabindex=\"0\"]').focus()")
    try browser.press("ArrowRight", code: 39)
    try browser.press("ArrowRight", code: 39)
    let label = "document.activeElement.getAttribute('aria-label')"
    #expect(try browser.text(label) == "Switch 0/1 of column 3: straight; elements 0 and 1")
    try browser.press("Enter", code: 13)
    #expect(try browser.text(label) == "Switch 0/1 of column 3: crossed; elements 0 and 1")
    #expect(
      try said(browser)
        == "Switch 0/1 of column 3 crosses now. Every element arrives where it should."
    )
    try browser.press("ArrowDown", code: 40)
    try browser.press(" ", code: 32)
    #expect(try said(browser).hasPrefix("Switch 2/3 of column 3 crosses now. 2 of 4"))
    #expect(browser.complaints == [])
  }

  @Test("a click sets a switch, and a solution stays one in the other drawing")
  func solving() throws {
    let browser = try Browser(try page())
    let place = try #require(
      try browser.value(
        """
        (() => {
          const group = document.querySelector("#practice-board .switch");
          group.scrollIntoView({ block: "center" });
          const { left, top, width, height } = group.getBoundingClientRect();
          return [left + width / 2, top + height / 2];
        })()
        """
      ) as? [NSNumber]
    )
    try browser.click((place[0].doubleValue, place[1].doubleValue))
    #expect(try said(browser).hasPrefix("Switch 0/1 of column 1 crosses now."))
    try browser.value("document.getElementById('solve').click()")
    #expect(try said(browser).hasSuffix("Every element arrives where it should."))
    for form in ["shuffles", "textbook"] {
      try browser.value(
        """
        (() => {
          const select = document.getElementById("drawn-as");
          select.value = "\(form)";
          select.dispatchEvent(new Event("change"));
        })()
        """
      )
      #expect(try content("verdict", in: browser) == "Every element arrives where it should.")
    }
    let settings = "`${lesson.practice.settings}` === `${new Looping(lesson.targets).settings}`"
    #expect(try browser.value(settings) as? Bool == true)
    // The path of an element is followed by a press on it.
    let element = "document.querySelectorAll('#practice-board .ends .ball')[5]"
    try browser.value("\(element).dispatchEvent(new MouseEvent('click', { bubbles: true }))")
    #expect(try said(browser) == "Element 5 leaves at output 6, as it should.")
    let shown = "[...document.querySelectorAll('#practice-board .flow:not(.dim)')]"
    #expect(
      try browser.text("[...new Set(\(shown).map((part) => part.dataset.element))].join()") == "5"
    )
    try browser.value("document.getElementById('straighten').click()")
    #expect(try said(browser).hasPrefix("All switches are straight."))
  }

  @Test("steps go forward and back by keys, loop by loop too")
  func steps() throws {
    let browser = try Browser(try page())
    try type("3 1 0 2", in: browser)
    try browser.value("document.getElementById('step-on').focus()")
    try browser.press("ArrowRight", code: 39)
    // By hand: 0 takes the upper way and leaves at 3, with 3, which leaves at 2; 3 enters with 2, which leaves with 1.
    #expect(
      try said(browser)
        == "Step 2. Loop 1 begins at switch 0/1 of column 1. Element 0 takes the upper way; it might as well take the "
        + "lower way. Switch 0/1 of column 1 stays straight."
    )
    try browser.press("ArrowRight", code: 39)
    #expect(
      try said(browser)
        == "Step 3. Elements 0 and 3 leave by switch 2/3 of column 3, so they must part: element 3 takes the lower way. "
        + "Switch 2/3 of column 3 crosses."
    )
    try browser.press("ArrowLeft", code: 37)
    #expect(try content("counter", in: browser) == "step 2 of 9")
    try browser.press("ArrowDown", code: 40)
    #expect(try said(browser).hasSuffix("loop 1 is closed."))
    #expect(
      try browser.text("document.querySelector('#graph svg').getAttribute('aria-label')")
        == "Constraint graph of the whole network. Upper way: 0, 2. Lower way: 1, 3. Open: none."
    )
    try browser.press("End", code: 35)
    #expect(
      try said(browser) == "Step 9. All 6 switches are settled, in 1 loop. Every element arrives."
    )
    try browser.press("Home", code: 36)
    #expect(try content("counter", in: browser) == "step 1 of 9")
  }

  @Test("numbers that are no permutation are explained, and tiles change places by mouse and keys")
  func picking() throws {
    let browser = try Browser(try page())
    try type("3 1 1 0", in: browser)
    #expect(
      try content("fault", in: browser)
        == "This is not a permutation: 1 is there more than once, 2 is missing. Remedy: name each place from 0 on once."
    )
    #expect(try browser.text("document.activeElement.id") == "numbers")
    try type("3 1 2 0", in: browser)
    #expect(try browser.value("document.getElementById('fault').hidden") as? Bool == true)
    let targets = "`${lesson.targets}`"
    try browser.value("document.querySelector('#tiles [tabindex=\"0\"]').focus()")
    try browser.press(" ", code: 32)
    try browser.press("ArrowRight", code: 39)
    try browser.press(" ", code: 32)
    #expect(try browser.text(targets) == "1,3,2,0")
    #expect(
      try said(browser).hasPrefix("Input 0 goes to output 1, input 1 to output 3.")
    )
    let dragged = try #require(
      try browser.value(
        """
        (() => {
          const tiles = [...document.querySelectorAll("#tiles button")];
          tiles[0].scrollIntoView({ block: "center" });
          return [0, 3].flatMap((index) => {
            const { left, top } = tiles[index].getBoundingClientRect();
            return [left + 10, top + 10];
          });
        })()
        """
      ) as? [NSNumber]
    ).map(\.doubleValue)
    for (type, x, y) in [
      ("mousePressed", dragged[0], dragged[1]), ("mouseMoved", dragged[2], dragged[3]),
      ("mouseReleased", dragged[2], dragged[3]),
    ] {
      try browser.call(
        "Input.dispatchMouseEvent",
        ["type": type, "x": x, "y": y, "button": "left", "clickCount": 1]
      )
    }
    #expect(try browser.text(targets) == "0,3,2,1")
    #expect(browser.complaints == [])
  }

  @Test("shows where an omega network is blocked")
  func omega() throws {
    let browser = try Browser(try page())
    // As `route 0 2 1 3 network=omega` has it.
    try type("0 2 1 3", in: browser)
    #expect(
      try content("conflicts", in: browser)
        == "Column 1, switch 0/1: 0 (to 0) and 1 (to 2) both need the upper output."
        + "Column 1, switch 2/3: 2 (to 1) and 3 (to 3) both need the lower output."
    )
    #expect(try browser.number("document.querySelectorAll('#omega-board .hot').length") >= 2)
    #expect(try browser.number("document.querySelectorAll('#waksman-board .missing').length") == 1)
  }

  @Test("what the trained network does is what `trace` tells", arguments: [0, 1])
  func trained(block: Int) throws {
    let browser = try Browser(try page(isTrained: true))
    let session = Session(folder: folder.path)
    let outcome = session.submit("load rev; trace 1 2 3 4 5 6 7 8 quiet=on", name: "test")
    let line = try #require(
      outcome.output.map(\.text).first { $0.hasPrefix("  block \(block + 1): ") }
    )
    let words = try browser.text(
      """
      (() => {
        const select = document.getElementById("block");
        select.value = "\(block)";
        select.dispatchEvent(new Event("change"));
        return document.getElementById("use-words").textContent;
      })()
      """
    )
    let numbers = { (text: String) in text.split { !$0.isNumber }.map(String.init) }
    #expect(numbers(words) == numbers(line))
    #expect(
      try content("reach-words", in: browser)
        == "Input 0 reaches 2, 4, 8 of 8 positions after columns 1 to 3. It has most influence on output 7."
    )
    #expect(browser.complaints == [])
  }

  @Test("says that there is no trained network where there is none")
  func untrained() throws {
    let browser = try Browser(try page())
    #expect(try browser.value("document.getElementById('untrained').hidden") as? Bool == false)
    #expect(try browser.value("document.getElementById('trained-parts').hidden") as? Bool == true)
  }

  @Test("elements run to their outputs, and are there at once where the reader wants little motion")
  func motion() throws {
    let running = "document.querySelectorAll('#practice-board .running .ball').length"
    let browser = try Browser(try page())
    try browser.value("document.getElementById('run').click()")
    #expect(try browser.number(running) == 8)
    try browser.wait("\(running) === 0")
    #expect(try said(browser).hasPrefix("The elements have arrived."))
    let calm = try Browser(try page(), features: ["prefers-reduced-motion": "reduce"])
    try calm.value("document.getElementById('run').click()")
    #expect(try calm.number(running) == 0)
    #expect(try said(calm).hasPrefix("The elements have arrived."))
  }

  @Test("fits a phone of 360 pixels; wide networks scroll in their place")
  func phone() throws {
    let browser = try Browser(try page(isTrained: true), width: 360, height: 720, isPhone: true)
    for name in ["reversal", "random"] {
      try browser.value("lesson.picker.choose('\(name)', 16)")
      #expect(try browser.number("document.documentElement.scrollWidth") == 360)
    }
    let least = try browser.number(
      "Math.min(...[...document.querySelectorAll('button, select')].map((part) => part.offsetHeight || 99))"
    )
    #expect(least >= 32)
    #expect(try browser.number("document.getElementById('waksman-board').tabIndex") == 0)
    #expect(browser.complaints == [])
  }

  @Test("is light or dark as the reader has it", arguments: ["light", "dark"])
  func scheme(_ scheme: String) throws {
    let browser = try Browser(try page(), features: ["prefers-color-scheme": scheme])
    let brightness = try browser.number(
      "(([r, g, b]) => (r + g + b) / 3)(getComputedStyle(document.body).backgroundColor.match(/[0-9.]+/g).map(Number))"
    )
    #expect(scheme == "light" ? brightness > 200 : brightness < 60)
  }

  @Test("all that is pressed or chosen has a name, and each drawing too")
  func names() throws {
    let browser = try Browser(try page(isTrained: true))
    let nameless = try browser.number(
      """
      [...document.querySelectorAll("button, select, input, svg, [role=button]")].filter((part) => (
        !part.getAttribute("aria-label") && !part.textContent.trim() && !(part.labels?.length > 0)
      )).length
      """
    )
    #expect(nameless == 0)
    let twice = try browser.number(
      "(ids => ids.length - new Set(ids).size)([...document.querySelectorAll('[id]')].map(({ id }) => id))"
    )
    #expect(twice == 0)
  }
}

@Suite("rse lesson") struct LessonFileTests {
  @Test("writes the page and says where")
  func writing() throws {
    let place = try ShellPlace()
    let run = try PipedRun(["lesson", "benes"], in: place)
    #expect(run.ending == .status(0) && run.errors.isEmpty, "\(run.errors)")
    #expect(run.output == "benes.html\n")
    #expect(try place.text(of: "benes.html").hasPrefix("<!doctype html>"))
    let named = try PipedRun(["lesson", "benes", "a.htm"], in: place)
    #expect(named.output == "a.htm\n")
    #expect(try place.text(of: "a.htm") == place.text(of: "benes.html"))
  }

  @Test("refuses other lessons and other endings")
  func refusing() throws {
    let place = try ShellPlace()
    for (words, message) in [
      (["lesson", "omega"], "benes"), (["lesson"], "<lesson>"),
      (["lesson", "benes", "a.txt"], "ends in .html: a.txt"),
    ] {
      let run = try PipedRun(words, in: place)
      #expect(run.ending == .status(2) && run.errors.contains(message), "\(run)")
    }
    #expect(try place.names().isEmpty)
  }
}
