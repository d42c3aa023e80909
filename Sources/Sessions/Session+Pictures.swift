import Files
import Plotting

extension Session {
  /// Writes a picture as a PNG file that says how it was made.
  ///
  /// - Parameter seeds: those of the models in it.
  package func writePicture(_ drawing: DrawList, seeds: String, to file: String) throws {
    let bytes = try PNGRenderer().render(drawing, provenance: pictureProvenance(seeds: seeds))
    try write(bytes, to: file)
  }

  /// What a picture says about how it was made.
  package func pictureProvenance(seeds: String) -> [String: String] {
    [
      "Software": "rse \(programVersion)", "Script": provenance, "Seed": seeds,
      "Comment": "rse \(programVersion), \(ProgramEnvironment.line)",
    ]
  }
}
