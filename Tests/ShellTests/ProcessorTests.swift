import Foundation
import TestSupport
import Testing

/// The C library picks other versions of its functions where it takes the processor for an older
/// one, and so do libraries that call it: libsamplerate, kissfft, libsndfile with its codecs.
@Suite("Other processors")
struct ProcessorTests {
  private static let tests = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Of the first three the C library's functions give other last bits without fused operations.
  private static let script = """
    exp(58.72)
    17.02 ^ 1.9
    log(339.48)
    seed 3; data notes window=512 input=spectrogram batch=2; model rse maps=8 blocks=1; train 3
    plot loss loss.png
    transcribe flac mp3 ogg opus to=heard
    data musicnet path=set window=512 batch=2; model rse maps=4 blocks=1; train 2
    """

  /// At 44,100 samples a second, so that it is resampled.
  private static let recording = WaveFile((0..<88_200).map { Float($0 * $0 % 997) / 2_000 }).bytes
  private static let labels =
    "start_time,end_time,instrument,note,start_beat,end_beat,note_value\n44100,88200,1,69,0,1,Half\n"

  /// Results of the script, without times.
  private func results(masking features: String) throws -> [String] {
    let place = try ShellPlace()
    place.environment["GLIBC_TUNABLES"] = "glibc.cpu.hwcaps=" + features
    let folder = URL(fileURLWithPath: place.folder)
    for name in ["flac", "mp3", "ogg", "opus"] {
      let sound = Self.tests.appendingPathComponent("HostileInputTests/Corpus/sound/\(name)")
      try FileManager.default.copyItem(at: sound, to: folder.appendingPathComponent(name))
    }
    for name in ["train_data", "train_labels"] {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent("set/" + name),
        withIntermediateDirectories: true
      )
    }
    try Self.recording.write(to: folder.appendingPathComponent("set/train_data/1.wav"))
    try place.write(Self.labels, to: "set/train_labels/1.csv")
    let run = try PipedRun(["--json"], in: place, input: Self.script)
    #expect(run.ending == .status(0), "\(run.errors)")
    return try run.outputLines.flatMap { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
      let fields = try #require(object as? [String: Any])
      var result = fields["result"] as? [String: Any] ?? ["value": fields["result"] ?? ""]
      result["seconds"] = nil
      let drawings = (fields["output"] as? [String] ?? []).filter { $0.contains("drawing") }
      return try [
        String(
          decoding: JSONSerialization.data(withJSONObject: result, options: .sortedKeys),
          as: UTF8.self
        )
      ] + drawings
    }
  }

  @Test("give the same results, whatever the libraries take them for")
  func masks() throws {
    let expected = try results(masking: "")
    #expect(expected.count { $0.contains("drawing") } >= 5)
    #expect(expected.count { $0.contains("weights") } == 2)
    for features in ["-FMA,-AVX2,-FMA4", "-FMA,-AVX2,-FMA4,-AVX,-AVX512F,-BMI2"] {
      #expect(try results(masking: features) == expected, "\(features)")
    }
  }
}
