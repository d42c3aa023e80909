import CommandLanguage
import Notebooks
import TestSupport
import Testing

@testable import Sessions
@testable import Workbench

@Suite("Data chosen for a model that was trained") struct ChosenDataTests {
  @Test(
    "a bundled model is loaded without a word about the files of its training",
    arguments: ["music", "lambada"]
  )
  func quiet(model: String) throws {
    let test = try TestSession()
    let lines = test.submit("load \(model)").output
    #expect(lines.count == 1 && lines[0].text.hasPrefix("\(model)  step "), "\(lines)")
    #expect(test.submit("train 1").failure?.contains("choose data with path=") == true)
  }

  /// A model of spectrograms of a window that is not the usual one.
  private static let hearing =
    "data notes input=spectrogram window=1024 batch=1; model rse maps=2 as=ear"

  @Test("made-up music is heard as the model hears it")
  func music() throws {
    let test = try TestSession()
    test.submit("\(Self.hearing); train 1; data notes")
    let lines = test.submit("data notes; show data").output
    #expect(lines.contains { $0.isVolatile && $0.text.contains("as the model `ear` hears") })
    let shown = lines.filter { !$0.isVolatile }.map(\.text)
    #expect(shown.contains("input: spectrogram") && shown.contains("window: 1024"))
    #expect(test.submit("test count=2").failure == nil)
    #expect(test.submit("data notes transpose=2; train 1").failure == nil)
  }

  @Test("what is said goes before what the model hears, and a mismatch is told at data")
  func mismatch() throws {
    let test = try TestSession()
    test.submit("\(Self.hearing); train 1")
    let lines = test.submit("data notes input=fourier").output
    let told = lines.last { $0.isVolatile }?.text
    #expect(told?.contains("the model `ear` hears input=spectrogram") == true)
    #expect(told?.contains("leave out input= and window=") == true)
    #expect(test.submit("test count=1").failure?.contains("input=fourier") == true)
    // Another family, for a new model.
    #expect(test.submit("data badd lengths=8; model lstm maps=2; train 1").failure == nil)
  }

  @Test("a task keeps the alphabet of the model, unless another is chosen")
  func alphabet() throws {
    let test = try TestSession()
    test.submit("data sort alphabet=20 lengths=8 batch=2; model rse maps=2; train 1")
    #expect(
      test.stableLines("data sort lengths=8 batch=2; show data").contains("input_symbols: 20")
    )
    #expect(test.submit("train 1").failure == nil)
    let told = test.submit("data sort alphabet=8 lengths=8").output.first { $0.isVolatile }?.text
    #expect(told?.contains("go back with `data sort alphabet=20`") == true)
  }

  @Test("a remedy is a statement that works")
  func remedies() throws {
    let test = try TestSession()
    try test.folder.write("ab\tba\nba\tab\naa\taa\nbb\tbb\n", to: "pairs.tsv")
    test.submit("data file=pairs.tsv held-out=0.5; model rse maps=2; train 1; save p.safetensors")
    let back = test.submit("data badd lengths=8; train 1").failure
    #expect(back?.contains("go back with `data file=pairs.tsv`") == true)
    #expect(test.submit("data file=pairs.tsv; train 1").failure == nil)
    // Where the file is gone, there is nothing to go back to.
    let other = try TestSession()
    other.submit("load \(test.folder("p.safetensors"))")
    let gone = other.submit("data badd lengths=8; train 1").failure
    #expect(gone?.contains("go back") == false && gone?.contains("new model") == true)
  }
}
