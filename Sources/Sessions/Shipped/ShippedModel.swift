import CommandLanguage
import Foundation
import Tensors
import Training

/// A bundled pre-trained model, under its name in `load`.
package struct ShippedModel {
  package let name: String
  /// The path of the checkpoint.
  package let path: String

  private static let ending = ".safetensors"

  /// All bundled models, sorted by name.
  package static var all: [ShippedModel] {
    guard let folder = ShippedFiles.folder.map({ $0 + "/models" }),
      let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    else { return [] }
    return names.sorted().filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }.map {
      ShippedModel(name: String($0.dropLast(ending.count)), path: folder + "/" + $0)
    }
  }

  /// Returns the model of a name; nil if there is none.
  package static func named(_ name: String) -> ShippedModel? { all.first { $0.name == name } }

  /// Returns the remedy for loading something that is neither a file nor a bundled model.
  package static func remedy(insteadOf file: String) -> String? {
    let names = all.map(\.name)
    let wanted = file.hasSuffix(ending) ? String(file.dropLast(ending.count)) : file
    guard !wanted.contains("/") else { return nil }
    if names.isEmpty, !file.contains(".") {
      return "there are no shipped models: \(ShippedFiles.absence)"
    }
    guard !names.isEmpty else { return nil }
    if names.contains(wanted) { return "`load \(wanted)` loads the model that ships" }
    guard !file.contains(".") else { return nil }
    if let near = Suggestion.nearest(to: wanted, among: names) { return "did you mean `\(near)`?" }
    return "the models that ship are: \(names.joined(separator: ", "))"
  }

  /// Reads the bytes of the checkpoint.
  package func bytes() throws(Diagnostic) -> Data {
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    } catch {
      throw Diagnostic(
        "cannot read the shipped model `\(name)`: \(error.localizedDescription)",
        remedy: "check the permissions of \(path)"
      )
    }
  }
}
