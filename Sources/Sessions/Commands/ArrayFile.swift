import Autograd
import CommandLanguage
import Files
import Foundation
import Networks
import Tensors
import Training

/// A NumPy file to write parameters to or read them from.
package struct ArrayFile {
  private let file: String
  private let isArchive: Bool

  /// Creates the file; nil for other file types.
  package init?(_ file: String) {
    let ending = (file as NSString).pathExtension.lowercased()
    guard ending == "npz" || ending == "npy" else { return nil }
    self.file = file
    isArchive = ending == "npz"
  }

  /// Writes the parameters of a model.
  ///
  /// - Parameter name: the only parameter to write; nil for all.
  /// - Returns: the number of parameters written.
  package func write(
    _ model: any SequenceModel,
    only name: String?,
    in session: Session
  ) throws -> Int {
    let parameters = try Self.chosen(name, of: model, isArchive: isArchive)
    if isArchive {
      let arrays = parameters.map { name, parameter in
        (name: name, shape: parameter.shape.dimensions, bytes: parameter.value.bytes)
      }
      do {
        try session.write(to: file) { try NumpyArchive.write(arrays, to: $0) }
      } catch let fault as NumpyArray.Fault {
        throw Diagnostic(fault.message, remedy: fault.remedy)
      }
    } else if let parameter = parameters.first?.parameter {
      try session.write(to: file) { write in
        try NumpyArray.header(ofFloats: parameter.shape.dimensions).withUnsafeBytes(write)
        try parameter.value.withElements { try write(UnsafeRawBufferPointer($0)) }
      }
    }
    return parameters.count
  }

  /// Reads the values of a model's parameters.
  ///
  /// - Parameter name: the only parameter to read; nil for all.
  /// - Throws: a diagnostic if a parameter is missing, or has another shape.
  package func read(
    _ model: any SequenceModel,
    only name: String?,
    in session: Session
  ) throws -> [String: Tensor] {
    let parameters = try Self.chosen(name, of: model, isArchive: isArchive)
    _ = try session.read(file)
    let path = session.readingPath(file)
    var arrays: [String: NumpyArray] = [:]
    do {
      if isArchive {
        let sizes = Dictionary(
          parameters.map { ($0.name, $0.parameter.value.count) },
          uniquingKeysWith: max
        )
        let found = try NumpyArchive.read(path: path, name: file) { name in
          guard let size = sizes[name] else {
            throw Diagnostic(
              "the model has no parameter `\(name)`, which `\(file)` holds",
              remedy: "build a model of the form of the file first"
            )
          }
          return size
        }
        for (name, array) in found {
          guard arrays.updateValue(array, forKey: name) == nil else {
            throw Diagnostic(
              "`\(file)` holds `\(name)` twice",
              remedy: "save it again by numpy.savez"
            )
          }
        }
      } else if let name {
        arrays[name] = try NumpyArray(path: path, name: file)
      }
    } catch let fault as NumpyArray.Fault {
      throw Diagnostic(fault.message, remedy: fault.remedy)
    } catch let error as FileReadError {
      let isRoom = if case .noRoom = error.fault { true } else { false }
      throw Diagnostic(
        "\(file): \(error.reason)",
        remedy: isRoom ? error.remedy : "save it again by numpy.savez"
      )
    }
    var values: [String: Tensor] = [:]
    for (name, parameter) in parameters {
      guard let array = arrays.removeValue(forKey: name) else {
        throw Diagnostic(
          "`\(file)` has no array `\(name)`",
          remedy: "`show parameters` lists the names that it needs"
        )
      }
      guard array.shape == parameter.shape.dimensions else {
        throw Diagnostic(
          "the array `\(name)` is \(Shape(array.shape)), where the model has \(parameter.shape)",
          remedy: "build a model of the form of the file first"
        )
      }
      let elements = array.floats(0..<array.count)
      guard elements.allSatisfy(\.isFinite) else {
        throw Diagnostic(
          "the array `\(name)` has values that are not finite numbers of 32 bits",
          remedy: "a model cannot use them: mend the array"
        )
      }
      values[name] = Tensor(elements, parameter.shape)
    }
    return values
  }

  private static func chosen(
    _ name: String?,
    of model: any SequenceModel,
    isArchive: Bool
  ) throws(Diagnostic) -> [(name: String, parameter: Parameter)] {
    guard isArchive == (name == nil) else {
      throw isArchive
        ? Diagnostic("`array=` is about a .npy file", remedy: "leave it out")
        : Diagnostic(
          "a .npy file holds one array",
          remedy: "say which parameter with array=; a .npz file holds all of them"
        )
    }
    let parameters = model.parameters.filter { name == nil || $0.name == name }
    guard !parameters.isEmpty else {
      throw Diagnostic(
        "there is no parameter `\(name ?? "")`",
        remedy: "`show parameters` lists them"
      )
    }
    return parameters
  }
}
