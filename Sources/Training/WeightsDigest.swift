import Autograd
import Digests

extension Module {
  /// The digest of the names, shapes and bits of all parameters, in their order.
  package var digest: Digest {
    var stream = DigestStream()
    for (name, parameter) in parameters {
      stream.update("\(name) \(parameter.value.shape)\n")
      parameter.value.withElements { stream.update(UnsafeRawBufferPointer($0)) }
    }
    return stream.digest
  }
}
