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
    try write(bytes, to: file, isInterruptible: isInterruptible)
  }

  /// What a picture says about how it was made.
  package func pictureProvenance(seeds: String) -> [String: String] {
    [
      "Software": "rse \(programVersion)", "Script": provenance, "Seed": seeds,
      "Comment": "rse \(programVersion), \(ProgramEnvironment.line)",
    ]
  }
}
