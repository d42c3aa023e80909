import Files
import Plotting

extension Session {
  /// Writes a picture as a file that says how it was made, in the format that the name's ending tells: PNG, SVG or PDF.
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
    let format = PictureFormat(ofFile: file) ?? .png
    let bytes = try drawing.file(as: format, provenance: pictureProvenance(seeds: seeds))
    try writePicture(bytes, as: format, to: file, isInterruptible: isInterruptible)
  }

  /// Writes a picture that is encoded, and shows it where the program around the session can.
  package func writePicture(
    _ bytes: [UInt8],
    as format: PictureFormat,
    to file: String,
    isInterruptible: Bool = true
  ) throws {
    try write(bytes, to: file, isInterruptible: isInterruptible)
    guard share == nil else { return }
    host.observer(.picture(WrittenPicture(file: file, format: format, bytes: bytes)))
  }

  /// What a picture says about how it was made.
  package func pictureProvenance(seeds: String) -> [String: String] {
    [
      "Software": "rse \(programVersion)", "Script": provenance, "Seed": seeds,
      "Comment": "rse \(programVersion), \(ProgramEnvironment.line)",
    ]
  }
}
