import Foundation
import Plotting
import Testing

@Suite("Sample figures")
struct SampleFigureTests {
  @Test("every sample can be drawn in both themes", arguments: SampleFigures.all.map(\.name))
  func samplesDraw(name: String) throws {
    let sample = try #require(SampleFigures.all.first { $0.name == name })
    for (suffix, theme) in [("", Theme.light), ("-dark", Theme.dark)] {
      let drawing = sample.figure.drawList(theme: theme)
      let bytes = try PNGRenderer().render(drawing)
      #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
      if let folder = ProcessInfo.processInfo.environment["PLOT_SAMPLES"] {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)\(suffix).png"))
      }
    }
  }
}
