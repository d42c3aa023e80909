import Plotting
import TestSupport
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

@Suite("Tests of several lengths and their figure")
struct GeneralisationTests {
  private static let setup = "data badd lengths=8 batch=4; model rse maps=4; train 2"

  @Test("tests of one state are put together, and training on drops them")
  func kept() throws {
    let test = try TestSession()
    test.submit("\(Self.setup); test lengths=8,16 count=4; test lengths=16,32 count=8")
    let slot = try test.session.model(named: nil)
    #expect(slot.tests?.accuracies.map(\.length) == [8, 16, 32])
    #expect(slot.tests?.scores[16]?.sequences == 8)
    #expect(test.submit("plot generalisation a.png").failure == nil)
    test.submit("train 1")
    #expect(slot.tests == nil)
    #expect(test.submit("plot generalisation").failure?.contains("trained since") == true)
    test.submit("test lengths=4 count=4")
    #expect(slot.tests?.accuracies.map(\.length) == [4])
  }

  @Test("the axis has the tested lengths, the stretch those trained on")
  func figure() throws {
    let test = try TestSession()
    test.submit("data badd lengths=8,16,32 batch=2; model rse maps=2; train 1")
    test.submit("test lengths=4..64 by *4 count=4")
    let slot = try test.session.model(named: nil)
    let panel = try #require(Generalisation(slots: [slot], title: nil).figure.panels.first)
    #expect(panel.x.ticks == .values([4, 16, 64]))
    #expect(panel.bands.map(\.range) == [8...32])
    #expect(panel.legend == .none && panel.series.count == 1)
  }

  @Test(
    "of models that were trained on other lengths, each has a stripe of its own below 0 %"
  )
  func stripes() throws {
    let test = try TestSession()
    test.submit("data badd lengths=8,16 batch=2; model rse maps=2 as=a; train 1")
    test.submit("test lengths=4..32 by *2 count=4")
    test.submit("data badd lengths=32 batch=2; model rse maps=2 as=b; train 1")
    test.submit("test lengths=4..32 by *2 count=4")
    let slots = try ["a", "b"].map { try test.session.model(named: $0) }
    let panel = try #require(Generalisation(slots: slots, title: nil).figure.panels.first)
    #expect(panel.bands.isEmpty)
    let stripes = panel.series.filter(\.name.isEmpty)
    #expect(stripes.first?.x == [8, 16] && stripes.map(\.color) == [.palette(0), .palette(1)])
    // A single length is a stretch around it.
    #expect(stripes.last.map { $0.x[0] < 32 && 32 < $0.x[1] } == true)
    let places = stripes.flatMap(\.y)
    #expect(places.allSatisfy { $0 < 0 && $0 > (panel.y.lower ?? 0) } && Set(places).count == 2)
    #expect(
      panel.series.filter { !$0.name.isEmpty }.map(\.x) == [[4, 8, 16, 32], [4, 8, 16, 32]]
    )
  }
}
