import Audio
import Foundation
import Plotting
import Tensors
import TestSupport
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

@Suite("Piano rolls")
struct PianoRollTests {
  /// Music, and probabilities as a network might give them: 86 frames per second.
  static func roll(seconds: Double, seed: UInt64 = 1, isCompared: Bool) -> PianoRoll {
    let notes = RandomPiece(source: RandomSource(seed: seed), seconds: seconds).notes
    var random = RandomSource(seed: seed).stream(.examples)
    let rate = 11_000.0 / 128
    let frames = Int(seconds * rate)
    var values = [Float](repeating: 0.01, count: frames * 128)
    for _ in 0..<frames { values[random.index(below: values.count)] = 0.2 }
    for note in notes {
      let last = min(frames, Int(note.offset * rate))
      for frame in Int(note.onset * rate)..<max(Int(note.onset * rate), last) {
        values[frame * 128 + note.pitch] = 0.6 + 0.4 * Float(random.uniformDouble())
      }
    }
    var parts: [[NoteEvent]] = [[], [], []]
    for note in notes { parts[max(0, random.index(below: 10) - 7)].append(note) }
    return PianoRoll(
      title: "A made-up piece",
      probabilities: PianoRoll.Probabilities(values: values, frameRate: rate),
      notes: isCompared
        ? .compared(PianoRoll.Verdict(right: parts[0], missed: parts[1], extra: parts[2]))
        : .found(notes)
    )
  }

  static let samples: [(name: String, roll: PianoRoll)] = {
    var narrow = roll(seconds: 6, seed: 4, isCompared: true)
    narrow.pitches = 60...76
    var whole = roll(seconds: 10, seed: 2, isCompared: false)
    whole.pitches = 0...127
    var bare = roll(seconds: 20, seed: 5, isCompared: true)
    bare.probabilities = nil
    return [
      ("found", roll(seconds: 12, isCompared: false)),
      ("compared", roll(seconds: 12, isCompared: true)),
      ("long", roll(seconds: 180, seed: 3, isCompared: true)), ("narrow", narrow),
      ("whole", whole), ("bare", bare),
      ("empty", PianoRoll(title: "Silence", notes: .found([]))),
    ]
  }()

  @Test("rolls can be drawn in both themes", arguments: samples.map(\.name))
  func draws(name: String) throws {
    let sample = try #require(Self.samples.first { $0.name == name })
    for (suffix, theme) in [("", Theme.light), ("-dark", Theme.dark)] {
      for figure in sample.roll.pages {
        let bytes = try PNGRenderer().render(figure.drawList(theme: theme))
        if let folder = ProcessInfo.processInfo.environment["PLOT_SAMPLES"] {
          try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/roll-\(name)\(suffix).png"))
        }
      }
    }
  }

  @Test("a page has a row for every 30 seconds, named once, with notes cut at its edges")
  func rows() throws {
    let pages = Self.roll(seconds: 180, seed: 3, isCompared: true).pages
    #expect(pages.count == 1)
    let panels = try #require(pages.first).panels
    #expect(panels.count == 6)
    for (index, panel) in panels.enumerated() {
      #expect(panel.x.lower == Double(index) * 30 && panel.x.upper == Double(index + 1) * 30)
      #expect(panel.series.count == 3)
      #expect(panel.series.allSatisfy { $0.name.isEmpty == (index > 0) })
      let edges = Double(index) * 30...Double(index + 1) * 30
      #expect(panel.series.flatMap(\.x).allSatisfy(edges.contains))
      #expect(panel.heatMap?.showsColorBar == (index == 0))
    }
    #expect(panels.last?.x.caption == "time (s)")
  }

  @Test("rows are stretched a little rather than leaving one nearly empty")
  func lastRow() {
    func rows(_ seconds: Double) -> [Double?] {
      let notes = [NoteEvent(onset: 0, offset: seconds, pitch: 60)]
      return PianoRoll(title: "", notes: .found(notes)).pages[0].panels.map(\.x.upper)
    }
    #expect(rows(32) == [32])
    #expect(rows(34) == [17, 34])
    #expect(rows(181.5) == [31, 62, 93, 124, 155, 186])
  }

  @Test("an hour takes pages of eight rows")
  func pages() {
    let notes = (0..<360).map {
      NoteEvent(onset: Double($0) * 10, offset: Double($0) * 10 + 10, pitch: 60)
    }
    let pages = PianoRoll(title: "Hour", notes: .found(notes)).pages
    #expect(pages.map(\.panels.count) == [Int](repeating: 8, count: 15))
    #expect(pages[3].title == "Hour · page 4 of 15")
    #expect(pages[3].panels[0].x.lower == 720)
  }

  @Test("probabilities and notes are where they belong")
  func places() throws {
    var values = [Float](repeating: 0, count: 10 * 128)
    values[4 * 128 + 62] = 0.9
    var roll = PianoRoll(
      title: "One",
      probabilities: PianoRoll.Probabilities(values: values, frameRate: 10),
      notes: .found([NoteEvent(onset: 0.35, offset: 0.45, pitch: 62)])
    )
    roll.pitches = 60...65
    let panel = try #require(roll.pages.first?.panels.first)
    let map = try #require(panel.heatMap)
    #expect(map.rows == 6 && map.columns == 10)
    #expect(map.values.firstIndex(of: 0.9) == 2 * 10 + 4)
    #expect(abs(map.xExtent.lowerBound + 0.05) < 1e-9 && map.yExtent == 59.5...65.5)
    #expect(panel.series[0].x == [0.35, 0.45] && panel.series[0].y == [61.5, 62.5])
    let labels = roll.pages[0].drawList().texts.map(\.text)
    #expect(labels.contains("C4") && labels.contains("notes (1)"))
  }

  @Test("keys of a piano stand beside their pitches where they are asked for")
  func keyboard() throws {
    // From C4 to B4: white keys part in the middles of the black ones, and between E and F.
    let parts = PitchAxis(range: 60...71).keyboard.parts
    let white = parts.filter { $0.reach == 1 }.map(\.values)
    #expect(
      white.filter { $0.lowerBound >= 59.5 && $0.upperBound <= 71.5 } == [
        59.5...61, 61...63, 63...64.5, 64.5...66, 66...68, 68...70, 70...71.5,
      ]
    )
    let black = parts.filter { $0.reach < 1 }.map {
      ($0.values.lowerBound + $0.values.upperBound) / 2
    }
    #expect(black == [61, 63, 66, 68, 70])
    var roll = Self.roll(seconds: 6, isCompared: true)
    let plain = roll.pages[0].drawList()
    roll.hasKeyboard = true
    let drawing = roll.pages[0].drawList()
    let dark = Color(0x2B2F36)
    func keys(_ list: DrawList) -> [Rect] {
      list.commands.compactMap {
        if case .rectangle(let place, _, dark, _) = $0 { place } else { nil }
      }
    }
    #expect(keys(plain).isEmpty && !keys(drawing).isEmpty)
    // The bands behind the notes are as high as the keys.
    #expect(Set(keys(drawing).map { $0.width.rounded() }) == [13])
    #expect(drawing.texts.map(\.text).contains("C4"))
  }

  @Test("all rows of a given length are in one figure")
  func givenRows() throws {
    let test = try TestSession()
    test.submit("data notes window=256 batch=2; model rse maps=4 blocks=1")
    let output = test.submit("plot roll seconds=3 row=0.5 r.png; plot roll seconds=40 row=0.5")
    #expect(output.failure?.contains("60 rows at most") == true)
    #expect(test.files == ["r.png"])
  }

  @Test("scores stand in the title")
  func scores() {
    let note = NoteEvent(onset: 0, offset: 1, pitch: 60)
    func roll(_ right: Int, _ missed: Int, _ extra: Int) -> PianoRoll {
      func some(_ count: Int) -> [NoteEvent] { [NoteEvent](repeating: note, count: count) }
      let verdict = PianoRoll.Verdict(right: some(right), missed: some(missed), extra: some(extra))
      return PianoRoll(title: "Song", notes: .compared(verdict))
    }
    #expect(
      roll(6, 2, 4).pages[0].title == "Song · precision 60 %, recall 75 %, F1 67 %"
    )
    #expect(roll(0, 0, 0).notes.scores == "precision –, recall –, F1 –")
    #expect(PianoRoll(title: "Song", notes: .found([note])).pages[0].title == "Song")
  }

  @Test("ranges outside the keyboard and empty stretches do no harm")
  func strange() {
    var roll = Self.roll(seconds: 3, isCompared: false)
    roll.pitches = 120...140
    roll.seconds = 50...51
    roll.rowSeconds = 0.2
    #expect(roll.pages[0].panels.count == 5)
    for figure in roll.pages { #expect(figure.drawList().commands.count > 3) }
  }
}
