import Files
import Plotting

extension Session {
  /// Writes a picture as a PNG file that says how it was made.
  ///
  /// - Parameters:
  ///   - seeds: those of the models in it.
  ///   - isInterruptible: false for what an interrupted statement leaves.
  package func writePicture(
    _ drawing: DrawList,
    seeds: String,
    to file: String,
    isInterruptible: Bool = true
  ) throws {
    let bytes = try PNGRenderer().render(drawing, provenance: pictureProvenance(seeds: seeds))
    try writePicture(bytes, to: file, isInterruptible: isInterruptible)
  }

  /// Writes a picture that is encoded as PNG, and shows it where the program around the session can.
  package func writePicture(
    _ bytes: [UInt8],
    to file: String,
    isInterruptible: Bool = true
  ) throws {
    try write(bytes, to: file, isInterruptible: isInterruptible)
    guard share == nil else { return }
    host.observer(.picture(WrittenPicture(file: file, bytes: bytes)))
  }

  /// What a picture says about how it was made.
  package func pictureProvenance(seeds: String) -> [String: String] {
    [
      "Software": "rse \(programVersion)", "Script": provenance, "Seed": seeds,
      "Comment": "rse \(programVersion), \(ProgramEnvironment.line)",
    ]
  }
}
