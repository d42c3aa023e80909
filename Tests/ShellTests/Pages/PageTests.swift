import Audio
import Foundation
import TestSupport
import Testing

@testable import MusicWorkbench

@Suite(
  "A page to listen to, in a browser",
  .serialized,
  .enabled(if: Browser.path != nil, Browser.absence)
)
struct PageTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The place in the window of the first pixel of the roll that has a colour of the style sheet; nil where
  /// there is none.
  private func place(of color: String, in browser: Browser) throws -> (x: Double, y: Double)? {
    let place = try browser.value(
      """
      (() => {
        const canvas = document.getElementById("roll"), frame = canvas.getBoundingClientRect();
        const paint = document.createElement("canvas").getContext("2d");
        paint.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("\(color)");
        paint.fillRect(0, 0, 1, 1);
        const [r, g, b] = paint.getImageData(0, 0, 1, 1).data;
        const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        const scale = frame.width / width;
        for (let at = 0; at < data.length; at += 4) {
          if (data[at] === r && data[at + 1] === g && data[at + 2] === b) {
            const pixel = at / 4;
            return [(pixel % width) * scale + frame.left + 1, Math.floor(pixel / width) * scale + frame.top + 1];
          }
        }
        return null;
      })()
      """
    )
    guard let numbers = place as? [NSNumber] else { return nil }
    return (numbers[0].doubleValue, numbers[1].doubleValue)
  }

  private func clock(_ browser: Browser) throws -> String {
    try browser.text("document.getElementById('clock').textContent")
  }

  private func tip(_ browser: Browser) throws -> String {
    try browser.text(
      "(tip => tip.hidden ? '' : tip.innerText)(document.getElementById('tip'))"
    )
  }

  @Test(
    "opens without errors and without a network, draws the notes, and tells of the one under the mouse"
  )
  func notes() throws {
    let note = NoteEvent(onset: 2, offset: 4.25, pitch: 70, velocity: 127, confidence: 0.876)
    let sample = PageSample(notes: .found([note]))
    let browser = try Browser(sample.write(into: folder))
    #expect(try clock(browser) == "0.0 s / 30.0 s")
    let place = try #require(try place(of: "--note-0", in: browser))
    try browser.point((place.x + 3, place.y + 2))
    try browser.wait("!document.getElementById('tip').hidden")
    #expect(try tip(browser) == "A♯4\n2.00 s – 4.25 s (2.25 s)\nvelocity 127\nconfidence 88 %")
    try browser.point((place.x + 3, place.y - 60))
    try browser.wait("document.getElementById('tip').hidden")
    #expect(browser.complaints == [])
    #expect(browser.requests.count == 1 && browser.requests[0].hasPrefix("file:///"))
  }

  @Test("plays recording and notes at the same time, to the millisecond, and moves the cursor")
  func synchrony() throws {
    let watch = """
      window.starts = [];
      const start = AudioBufferSourceNode.prototype.start;
      AudioBufferSourceNode.prototype.start = function (when, offset) {
        starts.push({ when, offset, samples: this.buffer.getChannelData(0), loop: this.loop });
        return start.apply(this, arguments);
      };
      """
    let browser = try Browser(PageSample().write(into: folder), script: watch)
    try browser.press(" ", code: 32)
    try browser.wait("starts.filter(({ samples }) => samples.length > 800000).length > 0")
    try browser.wait("starts.length > 2")
    #expect(try browser.text("document.getElementById('play').ariaLabel") == "Pause")
    try browser.wait("parseFloat(document.getElementById('clock').textContent) > 1")
    // The click at second 1 stands in the recording, and a note begins there.
    let apart = try browser.number(
      """
      (() => {
        const isPiece = ({ samples }) => samples.length > 800000;
        const piece = starts.find(isPiece), note = starts.find(start => !isPiece(start));
        const from = Math.round((piece.offset + 0.5) * 44100), to = from + 44100;
        let peak = from;
        for (let at = from; at < to; at += 1) {
          if (Math.abs(piece.samples[at]) > Math.abs(piece.samples[peak])) peak = at;
        }
        return note.when - (piece.when - piece.offset + peak / 44100);
      })()
      """
    )
    #expect(abs(apart) < 0.002, "\(apart) s")
    try browser.press(" ", code: 32)
    try browser.wait("document.getElementById('play').ariaLabel == 'Play'")
    let stopped = try clock(browser)
    #expect(try clock(browser) == stopped)
    #expect(browser.complaints == [])
  }

  @Test("goes on over the edge of two pieces without a gap")
  func pieces() throws {
    let watch = """
      window.starts = [];
      const start = AudioBufferSourceNode.prototype.start;
      AudioBufferSourceNode.prototype.start = function (when, offset, length) {
        if (length !== undefined) starts.push({ when, offset, length });
        return start.apply(this, arguments);
      };
      """
    let browser = try Browser(PageSample(notes: .found([])).write(into: folder), script: watch)
    // To the nineteenth second, a piece being twenty.
    try browser.press("End", code: 35)
    for _ in 0..<11 { try browser.press("ArrowLeft", code: 37) }
    let place = try browser.number("parseFloat(document.getElementById('clock').textContent)")
    #expect(place > 1 && place < 20)
    try browser.press(" ", code: 32)
    try browser.wait("starts.length == 2")
    let gap = try browser.number("starts[1].when - starts[0].when - starts[0].length")
    #expect(abs(gap) < 1e-6)
    #expect(abs(try browser.number("starts[1].length") - 10) < 1e-6)
  }

  @Test("takes keys: seeks, steps from note to note and reads them aloud, shows all")
  func keys() throws {
    let browser = try Browser(PageSample().write(into: folder))
    try browser.press("ArrowRight", code: 39, shift: true)
    try browser.press("ArrowRight", code: 39, shift: true)
    let said = try browser.text("document.getElementById('said').textContent")
    #expect(said == "A3, 2.00 s – 2.50 s (0.50 s), velocity 46, confidence 52 %")
    try browser.wait("document.getElementById('clock').textContent == '2.0 s / 30.0 s'")
    let slider = "document.getElementById('overview')"
    #expect(try browser.text("\(slider).ariaValueText") == "2.0 s of 30.0 s")
    try browser.press("End", code: 35)
    try browser.wait("\(slider).ariaValueNow == '30.0'")
    try browser.press("0", code: 48)
    try browser.wait("\(slider).querySelector('.window').style.width == '100%'")
    // A click seeks to where it is: half of the roll is half of the piece, and a little more.
    let middle = try browser.number(
      "(frame => (frame.left + 54 + frame.right) / 2)(document.getElementById('roll').getBoundingClientRect())"
    )
    try browser.click((middle, 400))
    try browser.wait("\(slider).ariaValueNow == '15.3'")
  }

  @Test(
    "tells right, extra and missed notes apart by colour and by pattern, and leaves them out when asked"
  )
  func verdicts() throws {
    func note(_ second: Double) -> NoteEvent {
      NoteEvent(onset: second, offset: second + 2, pitch: 60, velocity: 127)
    }
    let verdict = PianoRoll.Verdict(right: [note(1)], missed: [note(4)], extra: [note(7)])
    let browser = try Browser(PageSample(notes: .compared(verdict)).write(into: folder))
    let legend = "[...document.querySelectorAll('#legend button')]"
    #expect(
      try browser.text("\(legend).map(button => button.textContent).join()")
        == "right 1,extra 1,missed 1"
    )
    // Of the box inside of its frame, all is painted, half, or nothing.
    func share(_ color: String) throws -> Double {
      try browser.number(
        """
        (() => {
          const canvas = document.getElementById("roll"), pen = canvas.getContext("2d");
          const probe = document.createElement("canvas").getContext("2d");
          probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("\(color)");
          probe.fillRect(0, 0, 1, 1);
          const wanted = probe.getImageData(0, 0, 1, 1).data;
          const { data, width } = pen.getImageData(0, 0, canvas.width, canvas.height);
          const hits = [];
          for (let at = 0; at < data.length; at += 4) {
            const far = [0, 1, 2].reduce((sum, i) => sum + Math.abs(data[at + i] - wanted[i]), 0);
            if (far < 40) hits.push([(at / 4) % width, Math.floor(at / 4 / width)]);
          }
          if (hits.length === 0) return -1;
          const [xs, ys] = [0, 1].map(i => hits.map(hit => hit[i]));
          const [left, right] = [Math.min(...xs) + 4, Math.max(...xs) - 4];
          const [top, bottom] = [Math.min(...ys) + 4, Math.max(...ys) - 4];
          const inner = hits.filter(([x, y]) => x > left && x < right && y > top && y < bottom);
          return inner.length / ((right - left - 1) * (bottom - top - 1));
        })()
        """
      )
    }
    #expect(try share("--right") > 0.9)
    let hatched = try share("--extra")
    #expect(hatched > 0.1 && hatched < 0.7, "\(hatched)")
    #expect(try share("--missed") < 0.05)
    #expect(try share("--missed") >= 0)
    try browser.value("\(legend)[2].click()")
    try browser.wait("document.querySelectorAll('#legend [aria-pressed=false]').length == 1")
    try browser.value(
      "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    #expect(try share("--missed") == -1)
  }

  @Test("is light or dark as the reader has it", arguments: ["light", "dark"])
  func scheme(_ scheme: String) throws {
    let browser = try Browser(
      PageSample(notes: .found([]), isHeard: false).write(into: folder),
      features: ["prefers-color-scheme": scheme]
    )
    let brightness = """
      (([r, g, b]) => (r + g + b) / 3)
      """
    let sheet = try browser.number(
      "\(brightness)(document.getElementById('roll').getContext('2d').getImageData(600, 300, 1, 1).data)"
    )
    let paper = try browser.number(
      "\(brightness)(getComputedStyle(document.body).backgroundColor.match(/[0-9.]+/g).map(Number))"
    )
    #expect(scheme == "light" ? sheet > 200 && paper > 200 : sheet < 60 && paper < 60)
  }

  @Test("fits a phone of 360 pixels and takes fingers")
  func phone() throws {
    let note = NoteEvent(onset: 2, offset: 4, pitch: 70, velocity: 127)
    let browser = try Browser(
      PageSample(notes: .found([note])).write(into: folder),
      width: 360,
      height: 720,
      isPhone: true
    )
    #expect(try browser.number("document.documentElement.scrollWidth") == 360)
    let widest = try browser.number(
      "Math.max(...[...document.querySelectorAll('body *')].map(part => part.getBoundingClientRect().right))"
    )
    #expect(widest <= 360)
    let least = try browser.number(
      "Math.min(...[...document.querySelectorAll('button')].map(part => part.offsetHeight))"
    )
    #expect(least >= 32)
    let place = try #require(try place(of: "--note-0", in: browser))
    try browser.tap((place.x + 3, place.y + 2))
    try browser.wait("!document.getElementById('tip').hidden")
    #expect(try tip(browser).hasPrefix("A♯4"))
    // Two fingers that go apart show less time.
    let width = "parseFloat(document.querySelector('#overview .window').style.width)"
    let before = try browser.number(width)
    try browser.drag([(x: 120, y: 420), (x: 220, y: 420)], [(x: 70, y: 420), (x: 270, y: 420)])
    try browser.wait("\(width) < \(before) * 0.7")
    let left = "parseFloat(document.querySelector('#overview .window').style.left)"
    let start = try browser.number(left)
    try browser.drag([(x: 250, y: 420)], [(x: 150, y: 420)])
    try browser.wait("\(left) > \(start)")
    #expect(browser.complaints == [])
  }

  @Test("draws of twenty thousand notes those that are seen")
  func manyNotes() throws {
    let notes = (0..<20_000).map { index in
      NoteEvent(
        onset: Double(index) * 0.18,
        offset: Double(index) * 0.18 + 0.3,
        pitch: 40 + index * 7 % 45
      )
    }
    let watch = """
      window.boxes = 0;
      const round = CanvasRenderingContext2D.prototype.roundRect;
      CanvasRenderingContext2D.prototype.roundRect = function () {
        boxes += 1;
        return round.apply(this, arguments);
      };
      """
    let sample = PageSample(notes: .found(notes), seconds: 3600, isHeard: false)
    let browser = try Browser(sample.write(into: folder), script: watch)
    let boxes = try browser.number(
      """
      (async () => {
        boxes = 0;
        const roll = document.getElementById("roll");
        for (let turn = 0; turn < 10; turn += 1) {
          roll.dispatchEvent(new WheelEvent("wheel", { deltaX: 300, cancelable: true }));
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
        }
        return boxes;
      })()
      """
    )
    // Ten frames of some twenty seconds each, with 5.6 notes a second.
    #expect(boxes > 500 && boxes < 2500, "\(boxes)")
  }

  @Test("opens without notes and without sound")
  func empty() throws {
    let sample = PageSample(notes: .found([]), seconds: 1, isHeard: false)
    let browser = try Browser(sample.write(into: folder))
    try browser.press(" ", code: 32)
    try browser.wait("document.getElementById('clock').textContent == '1.0 s / 1.0 s'")
    try browser.wait("document.getElementById('play').ariaLabel == 'Play'")
    #expect(try browser.text("String(document.getElementById('fader').hidden)") == "true")
    #expect(browser.complaints == [])
  }

  @Test("shows a name that looks like HTML as it is")
  func names() throws {
    let title =
      #"</script><!--<script><img src=x onerror="document.title='harm'">{{data}}&amp; 'a'.wav"#
    let sample = PageSample(title: title, notes: .found([]), isHeard: false)
    let browser = try Browser(sample.write(into: folder))
    #expect(try browser.text("document.title") == title)
    #expect(try browser.text("document.querySelector('h1').textContent") == title)
    #expect(try browser.number("document.images.length") == 0)
    #expect(browser.complaints == [] && browser.requests.count == 1)
  }

  @Test("turns pages under the cursor where the reader wants little motion")
  func calm() throws {
    let browser = try Browser(
      PageSample().write(into: folder),
      features: ["prefers-reduced-motion": "reduce"]
    )
    try browser.press(" ", code: 32)
    try browser.wait("parseFloat(document.getElementById('clock').textContent) > 1")
    let start = "document.querySelector('#overview .window').style.left"
    #expect(try browser.text(start) == "0%")
  }
}
