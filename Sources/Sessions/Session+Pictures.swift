import Files
import Plotting

extension Session {
  /// Writes a picture with its provenance, in the format of the file name's ending: PNG, SVG or PDF.
  ///
  /// - Parameters:
  ///   - seeds: the seeds of its models.
  ///   - isInterruptible: false for files that an interrupted statement leaves.
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

  /// Writes an encoded picture, and shows it if the host can.
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

  /// Returns a picture's metadata about its origin.
  package func pictureProvenance(seeds: String) -> [String: String] {
    [
      "Software": "rse \(programVersion)", "Script": provenance, "Seed": seeds,
      "Comment": "rse \(programVersion), \(ProgramEnvironment.line)",
    ]
  }
}
