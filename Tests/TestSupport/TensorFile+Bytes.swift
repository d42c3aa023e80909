import Foundation
import Tensors

extension TensorFile {
  /// The bytes of the file.
  ///
  /// - Throws: as `write(to:)`.
  package func encoded() throws -> Data {
    var data = Data()
    try write { data.append(contentsOf: $0) }
    return data
  }
}
