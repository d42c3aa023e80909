import Autograd
import Files
import Tensors

extension Module {
  /// The digest of the names, shapes and bits of all parameters, in order.
  package var digest: Digest {
    var stream = DigestStream()
    for (name, parameter) in parameters { stream.update(name, parameter.value) }
    return stream.digest
  }
}

extension DigestStream {
  /// Adds the name, shape and bits of a parameter.
  mutating func update(_ name: String, _ value: Tensor) {
    update("\(name) \(value.shape)\n")
    value.withElements { update(UnsafeRawBufferPointer($0)) }
  }
}
